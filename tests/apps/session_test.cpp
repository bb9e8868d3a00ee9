#include "apps/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <opencv2/videoio.hpp>

#include <fstream>

namespace acuguide::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const fs::path sampleData = ACUGUIDE_SOURCE_DIR "/sample_data";

/// The real program on a session that it recorded from a simulated insertion.
class Session : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new Folder;
    const Outcome outcome = acuguide({"record", (sampleData / "st36_in_plane.igs.mha").string(), "--plan",
                                      (sampleData / "plans/st36_in_plane.plan.json").string(), "--probe",
                                      "top", "--out", session().string()});
    ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
  }
  static void TearDownTestSuite() {
    delete folder_;
    folder_ = nullptr;
  }
  static fs::path session() { return *folder_ / "session"; }
  static fs::path file(const std::string& name) { return *folder_ / name; }

 private:
  static Folder* folder_;
};

Folder* Session::folder_ = nullptr;

TEST_F(Session, InfoSaysWhatWasInForce) {
  const Outcome outcome = acuguide({"session", "info", session().string()});
  ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("45 frames"));
  EXPECT_THAT(outcome.out, HasSubstr("source: " + (sampleData / "st36_in_plane.igs.mha").string()));
  EXPECT_THAT(outcome.out, HasSubstr("option.probe: top"));
  EXPECT_THAT(outcome.out, HasSubstr("plan: ST36 phantom"));
  EXPECT_THAT(outcome.out, HasSubstr("insertion 1"));
}

TEST_F(Session, MetricsFindTheInsertion) {
  const Outcome outcome = acuguide({"session", "metrics", session().string(), "--experts", session().string(),
                                    "--csv", file("m.csv").string()});
  ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
  const auto json = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(json["format"], "acuguide.metrics/1");
  const auto& insertions = json["sessions"][0]["insertions"];
  ASSERT_EQ(insertions.size(), 1u);
  const auto& metrics = insertions[0]["metrics"];
  EXPECT_TRUE(metrics["target_hit"]["value"].is_boolean());
  EXPECT_GT(metrics["path_length"]["value"].get<double>(), 10.0);
  EXPECT_LT(metrics["path_length"]["value"].get<double>(), 40.0);
  EXPECT_TRUE(metrics["probe_path"]["value"].is_null());
  EXPECT_TRUE(metrics["path_length"]["pass"].is_null()) << "one expert insertion sets no mark";
  EXPECT_EQ(json["experts"]["metrics"]["path_length"]["insertions"], 1);
  EXPECT_EQ(tableOf(file("m.csv")).size(), 2u);
}

TEST_F(Session, CheckFindsItSoundAndADamagedCopyNot) {
  Outcome outcome = acuguide({"session", "check", session().string()});
  EXPECT_EQ(outcome.exitCode, 0) << outcome.out << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("sound"));
  fs::copy(session(), file("damaged"), fs::copy_options::recursive);
  {
    std::fstream video(file("damaged") / "video.mkv", std::ios::in | std::ios::out | std::ios::binary);
    video.seekp(static_cast<std::streamoff>(fs::file_size(file("damaged") / "video.mkv") / 2));
    video.write("damage", 6);
  }
  outcome = acuguide({"session", "check", file("damaged").string()});
  EXPECT_EQ(outcome.exitCode, 3) << outcome.out;
  EXPECT_THAT(outcome.out, HasSubstr("DAMAGED"));
  EXPECT_EQ(acuguide({"session", "check", sampleData.string()}).exitCode, 2);
}

TEST_F(Session, ExportsAPartAsASequenceThatReadsBack) {
  const fs::path out = file("part.igs.mha");
  const Outcome outcome =
      acuguide({"session", "export", session().string(), "--out", out.string(), "--from", "2", "--to", "4"});
  ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
  const std::string text = textOf(out);
  EXPECT_THAT(text.substr(0, 20000), HasSubstr("Seq_Frame0000_Timestamp"));
  ASSERT_EQ(acuguide({"process", out.string(), "--out", file("p").string()}).exitCode, 0);
  EXPECT_EQ(tableOf(file("p") / "frames.csv").size(), 1u + 13u);  // 6 frames a second, both ends
}

TEST_F(Session, ExportsClipsWithAndWithoutOverlays) {
  for (const bool overlay : {false, true}) {
    const fs::path out = file(overlay ? "drawn.mp4" : "plain.mp4");
    std::vector<std::string> arguments{"session", "export", session().string(), "--out", out.string(),
                                       "--from",  "3"};
    if (overlay) arguments.push_back("--overlay");
    const Outcome outcome = acuguide(arguments);
    ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
    cv::VideoCapture video(out.string());
    ASSERT_TRUE(video.isOpened());
    cv::Mat picture;
    int frames = 0, coloured = 0;
    while (video.read(picture)) {
      ++frames;
      cv::Mat channels[3], difference;
      cv::split(picture, channels);
      cv::absdiff(channels[0], channels[2], difference);
      coloured = std::max(coloured, cv::countNonZero(difference > 60));
    }
    EXPECT_GT(frames, 15);
    EXPECT_EQ(coloured > 50, overlay) << coloured;
  }
}

TEST_F(Session, ExportsTablesAndDicom) {
  ASSERT_EQ(acuguide({"session", "export", session().string(), "--out", file("tables").string()}).exitCode,
            0);
  EXPECT_EQ(tableOf(file("tables") / "needle.csv").size(), 46u);
  EXPECT_EQ(tableOf(file("tables") / "guidance.csv").size(), 46u);
  const Outcome outcome =
      acuguide({"session", "export", session().string(), "--out", file("s.dcm").string()});
  EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
  EXPECT_GT(fs::file_size(file("s.dcm")), 1000u);
}

TEST_F(Session, WhatCannotBeExportedIsSaid) {
  const std::string s = session().string();
  for (const std::vector<std::string>& extra : {std::vector<std::string>{"--out", "x.avi"},
                                                {"--out", "x.mp4", "--from", "900"},
                                                {"--out", "x.dcm", "--overlay"}}) {
    std::vector<std::string> arguments{"session", "export", s};
    arguments.insert(arguments.end(), extra.begin(), extra.end());
    const Outcome outcome = acuguide(arguments);
    EXPECT_EQ(outcome.exitCode, 2) << outcome.out;
    EXPECT_FALSE(outcome.err.empty());
  }
}

TEST_F(Session, ReplayShowsItBesideAnother) {
  const Outcome outcome = acuguide({"replay", session().string(), "--compare", session().string(),
                                    "--experts", session().string(), "--offscreen", "--frames", "20",
                                    "--screenshot", file("replay.png").string()});
  ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
  EXPECT_GT(fs::file_size(file("replay.png")), 10000u);
  EXPECT_EQ(
      acuguide({"replay", session().string(), "--compare", sampleData.string(), "--offscreen"}).exitCode, 2);
}

/// The program steers the blade to the target; the score says that it got there, and how.
TEST(Practice, ADemonstrationHitsItsTarget) {
  Folder folder;
  const Outcome outcome =
      acuguide({"practice", "--demo", "--seed", "3", "--out", (folder / "s").string(), "--offscreen",
                "--seconds", "40", "--screenshot", (folder / "p.png").string()});
  ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
  const Outcome measured = acuguide({"session", "metrics", (folder / "s").string()});
  ASSERT_EQ(measured.exitCode, 0) << measured.err;
  const auto insertions = nlohmann::json::parse(measured.out)["sessions"][0]["insertions"];
  ASSERT_EQ(insertions.size(), 1u);
  EXPECT_EQ(insertions[0]["motion_from"], "poses");
  EXPECT_GT(insertions[0]["metrics"]["path_inside"]["value"].get<double>(), 10.0);
  EXPECT_LT(insertions[0]["metrics"]["inefficiency_in"]["value"].get<double>(), 20.0);
}

}  // namespace
}  // namespace acuguide::test
