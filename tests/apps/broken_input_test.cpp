#include "apps/program.h"

#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <fstream>
#include <sys/stat.h>

namespace acuguide::test {
namespace {

void write(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

/// Bad input: exit code 2 and one sentence on stderr that names what is meant.
void expectRefused(const Outcome& outcome, const std::string& named) {
  EXPECT_EQ(outcome.exitCode, 2) << outcome.err;
  EXPECT_EQ(outcome.err.rfind("acuguide: ", 0), 0u) << outcome.err;
  EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
  EXPECT_NE(outcome.err.find(named), std::string::npos) << outcome.err;
}

Outcome process(const std::filesystem::path& source, const Folder& folder,
                std::vector<std::string> more = {}) {
  std::vector<std::string> arguments = {"process", source.string(), "--out", (folder / "out").string()};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return acuguide(arguments);
}

/// A sound plan, to be spoilt one key at a time.
const char* const soundPlan = R"({
  "format": "acuguide.plan/1", "side": "left", "acupoint": "ST36",
  "target": { "kind": "depth", "lateralMm": 0, "depthMm": 20 },
  "corridorWidthMm": 4, "targetToleranceMm": 2,
  "instrument": { "name": "0.8 x 40", "diameterMm": 0.8, "bladeWidthMm": 0.8, "lengthMm": 60 },
  "dangers": []
})";

std::string spoilt(const std::string& from, const std::string& to) {
  std::string text = soundPlan;
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos);
  return text.replace(at, from.size(), to);
}

TEST(BrokenInput, MissingFile) {
  Folder folder;
  expectRefused(process(folder / "nothing.mkv", folder), "nothing.mkv");
}

TEST(BrokenInput, TextFileNamedMp4) {
  Folder folder;
  write(folder / "notes.mp4", "these are the notes of Tuesday\n");
  expectRefused(process(folder / "notes.mp4", folder), "notes.mp4");
}

TEST(BrokenInput, EmptyFolder) {
  Folder folder;
  std::filesystem::create_directory(folder / "empty");
  expectRefused(process(folder / "empty", folder), "empty");
}

TEST(BrokenInput, ImageOfSizeZero) {
  Folder folder;
  std::filesystem::create_directory(folder / "images");
  write(folder / "images" / "a.png", "");
  expectRefused(process(folder / "images", folder), "a.png");
}

TEST(BrokenInput, TruncatedSequenceKeepsWhatCameBefore) {
  Folder folder;
  const auto whole = folder / "whole.igs.mha";
  ASSERT_EQ(acuguide({"simulate", "no_needle", "--out", whole.string(), "--truth",
                      (folder / "t.csv").string(), "--frames", "6"})
                .exitCode,
            0);
  const std::string bytes = textOf(whole);
  write(folder / "cut.igs.mha", bytes.substr(0, bytes.size() * 6 / 10));
  expectRefused(process(folder / "cut.igs.mha", folder), "cut.igs.mha");
  EXPECT_GE(tableOf(folder / "out" / "frames.csv").size(), 3u) << "the frames before the cut are kept";
}

TEST(BrokenInput, TruncatedVideoKeepsWhatCameBefore) {
  Folder folder;
  const auto whole = folder / "whole.mkv";
  ASSERT_EQ(acuguide({"simulate", "no_needle", "--out", whole.string(), "--truth",
                      (folder / "t.csv").string(), "--frames", "12"})
                .exitCode,
            0);
  const std::string bytes = textOf(whole);
  write(folder / "cut.mkv", bytes.substr(0, bytes.size() * 6 / 10));
  const Outcome outcome = process(folder / "cut.mkv", folder);
  expectRefused(outcome, "cut.mkv");
  EXPECT_GE(tableOf(folder / "out" / "frames.csv").size(), 3u) << "the frames before the cut are kept";
}

TEST(BrokenInput, SixteenBitAndOnePixelImagesAreAnalysed) {
  Folder folder;
  std::filesystem::create_directory(folder / "deep");
  cv::Mat noise(120, 160, CV_16UC1);
  cv::randu(noise, 0, 65535);
  cv::imwrite(folder / "deep" / "a.png", noise);
  cv::imwrite(folder / "deep" / "b.png", cv::Mat(1, 1, CV_8UC1, cv::Scalar(77)));
  cv::imwrite(folder / "deep" / "c.png", cv::Mat(90, 120, CV_8UC3, cv::Scalar(1, 2, 3)));
  const Outcome outcome = process(folder / "deep", folder, {"--still"});
  EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
  const auto states = column(tableOf(folder / "out" / "needle.csv"), "state");
  ASSERT_EQ(states.size(), 3u);
  for (const auto& state : states) EXPECT_EQ(state, "none");
}

TEST(BrokenInput, APipeWithoutAWriterDoesNotHang) {
  Folder folder;
  for (const char* name : {"p.mkv", "p.mha", "p.nrrd", "p.png", "p.dcm", "p"}) {
    ASSERT_EQ(mkfifo((folder / name).c_str(), 0600), 0);
    expectRefused(process(folder / name, folder), "is a pipe, not a file");
  }
  ASSERT_EQ(mkfifo((folder / "p.csv").c_str(), 0600), 0);
  const std::string csv = (folder / "p.csv").string(), out = (folder / "r.json").string();
  expectRefused(acuguide({"calibrate", "pivot", "--poses", csv, "--out", out}), "is a pipe");
  expectRefused(acuguide({"calibrate", "landmarks", "--from", csv, "--to", csv, "--out", out}), "is a pipe");
  expectRefused(acuguide({"plan", "validate", csv}), "is a pipe");
  expectRefused(acuguide({"process", "sim:no_needle", "--limit", "1", "--plan", csv, "--out", out}),
                "is a pipe");
}

TEST(BrokenInput, LinksThatLeadToEachOtherAreNamed) {
  Folder folder;
  for (const char* name : {"l.mkv", "l.mha", "l.dcm", "l"}) {
    std::filesystem::create_symlink(folder / name, folder / name);
    expectRefused(process(folder / name, folder), "link that leads back to itself");
  }
  std::filesystem::create_symlink("l.csv", folder / "l.csv");
  const std::string csv = (folder / "l.csv").string();
  expectRefused(acuguide({"calibrate", "pivot", "--poses", csv, "--out", (folder / "r.json").string()}),
                "symbolic links");
  expectRefused(acuguide({"plan", "validate", csv}), "link that leads back to itself");
}

TEST(BrokenInput, NamesThatAreNotUtf8AreWrittenAsUtf8OrRefused) {
  Folder folder;
  const std::string legacy = "bilder-\xfc";
  std::filesystem::create_directory(folder / legacy);
  cv::imwrite(folder / legacy / "a.png", cv::Mat(60, 80, CV_8UC1, cv::Scalar(9)));
  ASSERT_EQ(process(folder / legacy, folder, {"--still"}).exitCode, 0);
  EXPECT_EQ(column(tableOf(folder / "out" / "frames.csv"), "image").at(0), "bilder-\xEF\xBF\xBD/a.png");
  expectRefused(
      acuguide({"record", (folder / legacy).string(), "--out", (folder / "s\xe4").string(), "--no-analysis"}),
      "not UTF-8");
  EXPECT_FALSE(std::filesystem::exists(folder / "s\xe4")) << "nothing is left behind";
  expectRefused(acuguide({"replay", (folder / "s\xe4").string(), "--offscreen", "--frames", "1"}),
                "not UTF-8");
}

TEST(BrokenInput, UnknownScenarioNamesTheKnownOnes) {
  Folder folder;
  const Outcome outcome = process("sim:knee_replacement", folder);
  expectRefused(outcome, "st36_in_plane");
}

TEST(BrokenInput, BadPipeline) {
  Folder folder;
  expectRefused(process("gst:nosuchelement ! alsonot", folder), "nosuchelement");
}

TEST(BrokenInput, MissingCaptureDevice) {
  Folder folder;
  expectRefused(process("device:/dev/video99", folder), "/dev/video99");
}

TEST(BrokenInput, UnwritableOutput) {
  Folder folder;
  write(folder / "file", "in the way");
  const Outcome outcome = acuguide(
      {"process", "sim:no_needle?seed=1", "--limit", "1", "--out", (folder / "file" / "below").string()});
  expectRefused(outcome, "file");
}

struct BadPlan {
  const char* name;
  std::string text;
  const char* named;  ///< what the sentence must mention
};

class BrokenPlan : public testing::TestWithParam<BadPlan> {};

TEST_P(BrokenPlan, IsRefusedWithTheKeysPath) {
  Folder folder;
  write(folder / "bad.plan.json", GetParam().text);
  const Outcome outcome = acuguide({"plan", "validate", (folder / "bad.plan.json").string()});
  expectRefused(outcome, GetParam().named);
  EXPECT_NE(outcome.err.find("bad.plan.json"), std::string::npos) << outcome.err;
}

INSTANTIATE_TEST_SUITE_P(
    All, BrokenPlan,
    testing::Values(BadPlan{"WrongKey", spoilt("\"corridorWidthMm\"", "\"coridorWidthMm\""),
                            "coridorWidthMm"},
                    BadPlan{"WrongUnit", spoilt("\"depthMm\": 20", "\"depthCm\": 2"), "depthCm"},
                    BadPlan{"NotANumber", spoilt("\"depthMm\": 20", "\"depthMm\": NaN"), "depthMm"},
                    BadPlan{"NegativeDepth", spoilt("\"depthMm\": 20", "\"depthMm\": -3"), "depthMm"},
                    BadPlan{"TextForNumber", spoilt("\"depthMm\": 20", "\"depthMm\": \"deep\""), "depthMm"},
                    BadPlan{"UnknownSide", spoilt("\"left\"", "\"port\""), "side"},
                    BadPlan{"Truncated", std::string(soundPlan).substr(0, 120), "line"},
                    BadPlan{"Empty", "", "line"}),
    [](const auto& bad) { return bad.param.name; });

TEST(BrokenPlan, TheSoundOneIsAccepted) {
  Folder folder;
  write(folder / "good.plan.json", soundPlan);
  const Outcome outcome = acuguide({"plan", "validate", (folder / "good.plan.json").string()});
  EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
}

TEST(BrokenUsage, MissingAndUnknownOptions) {
  expectRefused(acuguide({"process"}), "SOURCE");
  expectRefused(acuguide({"dance"}), "dance");
  expectRefused(acuguide({"process", "x", "--out", "y", "--spacing-mm", "0"}), "--spacing-mm");
  expectRefused(acuguide({"process", "x", "--out", "y", "--probe", "sideways"}), "probe");
}

}  // namespace
}  // namespace acuguide::test
