// acuguide calibrate pivot, landmarks, temporal through the real executable.
#include "apps/program.h"
#include "calibration/simulated_poses.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace acuguide::test {
namespace {

using calibration::test::PivotRecording;
using calibration::test::simulate;
using testing::HasSubstr;

const std::filesystem::path plus =
    std::filesystem::path(ACUGUIDE_SOURCE_DIR) / "../shared/data/plus/sequences";

nlohmann::json jsonOf(const std::filesystem::path& file) {
  return nlohmann::json::parse(textOf(file), nullptr, false);
}

void write(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

std::string tableOfPoses(const std::vector<Eigen::Matrix4d>& poses) {
  std::ostringstream text;
  text.precision(9);
  for (const Eigen::Matrix4d& pose : poses)
    for (Eigen::Index i = 0; i < 16; ++i) text << pose(i / 4, i % 4) << (i < 15 ? "," : "\n");
  return text.str();
}

void expectRefused(const Outcome& outcome, const std::string& named) {
  EXPECT_EQ(outcome.exitCode, 2) << outcome.out << outcome.err;
  EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr(named));
}

Outcome pivot(const std::filesystem::path& poses, const std::filesystem::path& out,
              std::vector<std::string> more = {}) {
  std::vector<std::string> arguments = {"calibrate",    "pivot", "--poses",
                                        poses.string(), "--out", out.string()};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return acuguide(arguments);
}

TEST(CalibratePivot, WildPosesDoNotMoveTheTip) {
  Folder folder;
  PivotRecording recording;
  recording.wildShare = 0.3;
  write(folder / "poses.csv", tableOfPoses(simulate(recording)));
  const Outcome outcome = pivot(folder / "poses.csv", folder / "tip.json");
  ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
  const auto json = jsonOf(folder / "tip.json");
  EXPECT_EQ(json["kind"], "pivot");
  EXPECT_EQ(json["usable"], true);
  EXPECT_EQ(json["total"], 200);
  EXPECT_GT(json["inliers"], 120);
  EXPECT_LT(json["inliers"], 165);
  EXPECT_LT(json["inlierRmsMm"], 1.0);
  EXPECT_GT(json["rmsMm"], 10.0);
  EXPECT_GT(json["conditionNumber"], 1.0);
  for (int k = 0; k < 3; ++k) EXPECT_NEAR(json["tipMm"][k], recording.tipMm[k], 0.3);
  EXPECT_EQ(json["inputs"][0]["sha256"].get<std::string>().size(), 64u);
  EXPECT_THAT(textOf(folder / "tip.html"), HasSubstr("<svg"));
}

TEST(CalibratePivot, AFolderOfMatricesIsTheSameRecording) {
  Folder folder;
  const auto poses = simulate({});
  write(folder / "poses.csv", tableOfPoses(poses));
  std::filesystem::create_directory(folder / "poses");
  for (std::size_t i = 0; i < poses.size(); ++i) {
    std::ostringstream text;
    text.precision(9);
    text << poses[i];
    write(folder / "poses" / ("pose" + std::to_string(i) + ".txt"), text.str());
  }
  ASSERT_EQ(pivot(folder / "poses.csv", folder / "a.json").exitCode, 0);
  ASSERT_EQ(pivot(folder / "poses", folder / "b.json").exitCode, 0);
  const auto a = jsonOf(folder / "a.json")["tipMm"], b = jsonOf(folder / "b.json")["tipMm"];
  for (int k = 0; k < 3; ++k) EXPECT_NEAR(a[k], b[k], 1e-5);
}

TEST(CalibratePivot, TooLittleMotionEndsWithThreeAndKeepsTheGoodResult) {
  Folder folder;
  write(folder / "good.csv", tableOfPoses(simulate({})));
  ASSERT_EQ(pivot(folder / "good.csv", folder / "tip.json").exitCode, 0);
  const std::string before = textOf(folder / "tip.json");
  PivotRecording small;
  small.tiltDeg = small.secondTiltDeg = 3.0;
  write(folder / "small.csv", tableOfPoses(simulate(small)));
  const Outcome outcome = pivot(folder / "small.csv", folder / "tip.json");
  EXPECT_EQ(outcome.exitCode, 3) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("motion was too small"));
  EXPECT_EQ(textOf(folder / "tip.json"), before);
  const Outcome alone = pivot(folder / "small.csv", folder / "other.json");
  EXPECT_EQ(alone.exitCode, 3);
  EXPECT_EQ(jsonOf(folder / "other.json")["usable"], false) << "the result is still written";
}

TEST(CalibratePivot, AByteOrderMarkCostsNoPoseAndDecimalCommasAreNamed) {
  Folder folder;
  const std::string text = tableOfPoses(simulate({}));
  write(folder / "bom.csv", "\xEF\xBB\xBF" + text);
  ASSERT_EQ(pivot(folder / "bom.csv", folder / "tip.json").exitCode, 0);
  EXPECT_EQ(jsonOf(folder / "tip.json")["total"], 200);
  std::string german = text;
  std::replace(german.begin(), german.end(), ',', ';');
  std::replace(german.begin(), german.end(), '.', ',');
  write(folder / "german.csv", german);
  expectRefused(pivot(folder / "german.csv", folder / "other.json"), "with a decimal comma");
}

TEST(CalibratePivot, ATrackerThatGivesTheIdentityIsNotInMetres) {
  Folder folder;
  auto poses = simulate({});
  for (std::size_t i = 0; i < poses.size(); ++i)
    if (i % 5 < 3) poses[i].setIdentity();
  write(folder / "identity.csv", tableOfPoses(poses));
  const Outcome outcome = pivot(folder / "identity.csv", folder / "tip.json");
  EXPECT_EQ(outcome.exitCode, 3) << outcome.out << outcome.err;
  EXPECT_THAT(outcome.out, testing::Not(HasSubstr("metres")));
}

TEST(CalibratePivot, NamesThatAreNotUtf8AreNoObstacle) {
  Folder folder;
  write(folder /
            "st\xe4"
            "b.csv",
        tableOfPoses(simulate({})));
  EXPECT_EQ(pivot(folder / "st\xe4"
                           "b.csv",
                  folder / "tip.json")
                .exitCode,
            0);
  EXPECT_THAT(jsonOf(folder / "tip.json")["inputs"][0]["path"].get<std::string>(), HasSubstr("st\xEF\xBF\xBD"
                                                                                             "b.csv"));
}

TEST(CalibrateLandmarks, NoLineIsSilentlyDropped) {
  Folder folder;
  const std::string from = "0,0,0\n100,0,0\n0,80,0\n0,0,60\n50,40,30\n";
  // The first landmark is touched 6 mm off: told, and no landmark may vanish for it.
  const std::string to = "6,0,0\n100,0,0\n0,80,0\n0,0,60\n50,40,30\n";
  const auto run = [&](const std::string& a, const std::string& b) {
    write(folder / "from.csv", a);
    write(folder / "to.csv", b);
    return acuguide({"calibrate", "landmarks", "--from", (folder / "from.csv").string(), "--to",
                     (folder / "to.csv").string(), "--out", (folder / "r.json").string()});
  };
  const std::string mark = "\xEF\xBB\xBF";
  for (const auto& [a, b] :
       {std::pair(from, to), std::pair(mark + from, mark + to), std::pair(mark + from, to)}) {
    const Outcome outcome = run(a, b);
    EXPECT_EQ(outcome.exitCode, 3) << outcome.out << outcome.err;
    EXPECT_EQ(jsonOf(folder / "r.json")["landmarks"].size(), 5u);
  }
  expectRefused(run("0,0,O\n" + from, "1,2,3\n" + to), "from.csv line 1: \"O\" is not a number");
  expectRefused(run("a;0,5;0;0\nb;1;2;3\nc;3;4;5\n", to), "0,5 with a decimal comma");
  const Outcome alone = run("name,x,y,z\nA,0,0,0\nB,100,0,0\nC,0,80,0\nD,0,0,60\npatella,50,40,30\n",
                            "A,0,0,0\nB,100,0,0\nC,0,80,0\nD,0,0,60\nPatella,50,40,30\n");
  EXPECT_EQ(alone.exitCode, 0) << alone.out << alone.err;
  EXPECT_THAT(alone.out, HasSubstr("patella is in the first list only"));
}

TEST(CalibratePivot, BrokenInputIsRefusedAndTheOldResultKept) {
  Folder folder;
  write(folder / "tip.json", "what was there");
  write(folder / "short.csv", "1,2,3\n");
  write(folder / "empty.csv", "");
  expectRefused(pivot(folder / "short.csv", folder / "tip.json"), "short.csv line 1");
  expectRefused(pivot(folder / "empty.csv", folder / "tip.json"), "holds no poses");
  expectRefused(pivot(folder / "none.csv", folder / "tip.json"), "none.csv");
  EXPECT_EQ(textOf(folder / "tip.json"), "what was there");
}

TEST(CalibratePivot, AStylusAtRestInARealRecordingIsNoPivot) {
  if (!std::filesystem::exists(plus)) GTEST_SKIP() << "no PLUS recordings in " << plus;
  Folder folder;
  const auto file = plus / "WaterTankBottomTranslationTrackerBuffer-trimmed.igs.mha";
  const Outcome outcome = pivot(file, folder / "tip.json");
  EXPECT_EQ(outcome.exitCode, 3) << outcome.err;
  EXPECT_EQ(jsonOf(folder / "tip.json")["usable"], false);
  expectRefused(pivot(file, folder / "tip.json", {"--pose", "NeedleToReference"}), "StylusToTracker");
}

TEST(CalibrateLandmarks, RegistersAndNamesTheMistake) {
  Folder folder;
  write(folder / "from.csv", "name,x,y,z\nA,0,0,0\nB,80,5,0\nC,10,60,8\nD,-20,30,40\nE,55,48,25\n");
  write(folder / "to.csv", "E,155,48,25\nD,80,30,40\nC,110,60,8\nB,180,5,0\nA,100,0,0\n");
  const std::vector<std::string> arguments = {"calibrate", "landmarks",
                                              "--from",    (folder / "from.csv").string(),
                                              "--to",      (folder / "to.csv").string(),
                                              "--out",     (folder / "r.json").string()};
  ASSERT_EQ(acuguide(arguments).exitCode, 0);
  const auto json = jsonOf(folder / "r.json");
  EXPECT_NEAR(json["fromToTo"][0][3], 100.0, 1e-6);
  EXPECT_NEAR(json["freMm"], 0.0, 1e-6);
  EXPECT_NEAR(json["treEstimateMm"], 0.0, 1e-6);
  EXPECT_TRUE(std::filesystem::exists(folder / "r.html"));

  const std::string before = textOf(folder / "r.json");
  write(folder / "to.csv", "B,100,0,0\nA,180,5,0\nC,110,60,8\nD,80,30,40\nE,155,48,25\n");
  const Outcome swapped = acuguide(arguments);
  EXPECT_EQ(swapped.exitCode, 3);
  EXPECT_THAT(swapped.out, HasSubstr("landmarks A and B look exchanged"));
  EXPECT_EQ(textOf(folder / "r.json"), before);
  write(folder / "to.csv", "1,2\n");
  expectRefused(acuguide(arguments), "to.csv");
}

Outcome temporal(const std::filesystem::path& video, const std::filesystem::path& tracker,
                 const std::filesystem::path& out, std::vector<std::string> more = {}) {
  std::vector<std::string> arguments = {"calibrate", "temporal",       "--video", video.string(),
                                        "--tracker", tracker.string(), "--out",   out.string()};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return acuguide(arguments);
}

TEST(CalibrateTemporal, FindsThePlusLag) {
  if (!std::filesystem::exists(plus)) GTEST_SKIP() << "no PLUS recordings in " << plus;
  Folder folder;
  const auto video = plus / "WaterTankBottomTranslationVideoBuffer.igs.mha";
  for (const char* tracker : {"WaterTankBottomTranslationTrackerBuffer.igs.mha",
                              "WaterTankBottomTranslationTrackerBuffer-trimmed.igs.mha"}) {
    const Outcome outcome = temporal(video, plus / tracker, folder / "lag.json");
    ASSERT_EQ(outcome.exitCode, 0) << outcome.out << outcome.err;
    const auto json = jsonOf(folder / "lag.json");
    EXPECT_EQ(json["kind"], "temporal");
    EXPECT_NEAR(json["trackerLagSeconds"], -0.0648266, 0.002) << tracker;
    EXPECT_GT(json["correlation"], 0.97);
    EXPECT_GT(json["residual"], 0.0);
    EXPECT_EQ(json["pose"], "ProbeToReference");
  }
  const Outcome still = temporal(video, plus / "WaterTankBottomTranslationTrackerBuffer.igs.mha",
                                 folder / "other.json", {"--pose", "ReferenceToTracker"});
  EXPECT_EQ(still.exitCode, 3) << still.out << still.err;
  EXPECT_THAT(still.out, HasSubstr("static"));
}

TEST(CalibrateTemporal, StreamsOfDifferentTimesAreRefused) {
  if (!std::filesystem::exists(plus)) GTEST_SKIP() << "no PLUS recordings in " << plus;
  Folder folder;
  expectRefused(temporal(plus / "fCal_Test_Validation_3NWires_fCal2.0.igs.mha",
                         plus / "WaterTankBottomTranslationTrackerBuffer.igs.mha", folder / "lag.json"),
                "share no time");
  expectRefused(temporal(plus / "WaterTankBottomTranslationVideoBuffer.igs.mha",
                         plus / "WaterTankBottomTranslationVideoBuffer.igs.mha", folder / "lag.json"),
                "holds no poses");
  EXPECT_FALSE(std::filesystem::exists(folder / "lag.json"));
}

TEST(CalibrateScale, FromClicksDepthAndRuler) {
  Folder folder;
  cv::Mat grey(400, 600, CV_8UC1, cv::Scalar(0));
  cv::Mat speckle = grey(cv::Rect(100, 40, 360, 300));
  cv::theRNG().state = 4;
  cv::randu(speckle, 20, 160);
  cv::imwrite(folder / "screen.png", grey);
  const auto scale = [&](std::vector<std::string> more) {
    std::vector<std::string> arguments = {"calibrate", "scale",
                                          "--image",   (folder / "screen.png").string(),
                                          "--out",     (folder / "scale.json").string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return acuguide(arguments);
  };
  ASSERT_EQ(scale({"--click", "50,40", "--click", "50,340", "--mm", "30"}).exitCode, 0);
  EXPECT_NEAR(jsonOf(folder / "scale.json")["pixelSpacingMm"][1], 0.1, 1e-9);
  ASSERT_EQ(scale({"--points", "50,40,50,340", "--distance-mm", "60"}).exitCode, 0);
  EXPECT_NEAR(jsonOf(folder / "scale.json")["pixelSpacingMm"][1], 0.2, 1e-9);
  ASSERT_EQ(scale({"--depth-mm", "50"}).exitCode, 0);
  EXPECT_NEAR(jsonOf(folder / "scale.json")["pixelSpacingMm"][1], 50.0 / 300.0, 0.002);
  const std::string before = textOf(folder / "scale.json");
  const Outcome noRuler = scale({});
  EXPECT_EQ(noRuler.exitCode, 3);
  EXPECT_THAT(noRuler.out, HasSubstr("no ruler"));
  EXPECT_EQ(textOf(folder / "scale.json"), before) << "a refusal leaves the good result";
  expectRefused(scale({"--click", "50,40", "--mm", "30"}), "two clicks");
  expectRefused(scale({"--click", "50;40", "--click", "50,340", "--mm", "30"}), "50;40");
  expectRefused(scale({"--click", "50,40", "--click", "50,3400", "--mm", "30"}), "outside");
  expectRefused(scale({"--points", "50,40,50,3400", "--distance-mm", "30"}), "outside");
  expectRefused(scale({"--points", "50,40,50,340"}), "distance between them");
}

TEST(CalibrateScale, ADicomFileStatesItsScale) {
  const auto file =
      std::filesystem::path(ACUGUIDE_SOURCE_DIR) / "../shared/data/dicom/pydicom-data__gdcm-US-ALOKA-16.dcm";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "no DICOM file " << file;
  Folder folder;
  const Outcome outcome =
      acuguide({"calibrate", "scale", "--image", file.string(), "--out", (folder / "scale.json").string()});
  ASSERT_EQ(outcome.exitCode, 0) << outcome.out << outcome.err;
  const auto json = jsonOf(folder / "scale.json");
  EXPECT_EQ(json["source"], "file");
  EXPECT_NEAR(json["pixelSpacingMm"][0], 0.382653, 1e-4);
  EXPECT_TRUE(json["relativeError"].is_null()) << "nothing is known of it";
}

TEST(CalibrateScale, ReadsTheRulerOfARealScreen) {
  const auto planes = std::filesystem::path(ACUGUIDE_SOURCE_DIR) / "../shared/data/planes/images";
  if (!std::filesystem::exists(planes)) GTEST_SKIP() << "no pictures in " << planes;
  Folder folder;
  const Outcome outcome =
      acuguide({"calibrate", "scale", "--image", (planes / "dataset4/SampleA/GM_T_3.png").string(), "--out",
                (folder / "scale.json").string()});
  ASSERT_EQ(outcome.exitCode, 0) << outcome.out << outcome.err;
  const auto json = jsonOf(folder / "scale.json");
  EXPECT_EQ(json["kind"], "scale");
  EXPECT_NEAR(json["pxPerMm"][1], 12.6, 0.05);
  EXPECT_THAT(textOf(folder / "scale.html"), HasSubstr("data:image/png"));
}

TEST(CalibrateCamera, PicturesWithoutTheBoardAreRefused) {
  Folder folder;
  std::filesystem::create_directory(folder / "pictures");
  const auto camera = [&](const std::string& board) {
    return acuguide({"calibrate", "camera", "--images", (folder / "pictures").string(), "--board", board,
                     "--out", (folder / "camera.json").string()});
  };
  expectRefused(camera("chessboard:9x6:25"), "holds no pictures");
  for (int i = 0; i < 4; ++i)
    cv::imwrite(folder / "pictures" / (std::to_string(i) + ".png"),
                cv::Mat(240, 320, CV_8UC3, cv::Scalar(90, 90, 90)));
  expectRefused(camera("chessboard:9x6:25"), "seen in 0 of 4 pictures");
  expectRefused(camera("chessboard:9x6"), "is no board");
  EXPECT_FALSE(std::filesystem::exists(folder / "camera.json"));
}

TEST(CalibrationApplied, OnlyAUsableResultThatFramesCanUseIsTaken) {
  Folder folder;
  const auto process = [&](const std::string& file) {
    return acuguide({"process", "sim:no_needle?seed=1", "--limit", "2", "--out", (folder / "out").string(),
                     "--calibration", (folder / file).string()});
  };
  const std::string head = R"({"format": "acuguide.calibration/1", "kind": ")";
  const std::string tail = R"(, "created": "2026-11-25T00:00:00Z", "inputs": [])";
  write(folder / "good.json",
        head + R"(temporal", "usable": true, "reasons": [])" + tail + R"(, "trackerLagSeconds": -0.065})");
  write(folder / "bad.json", head + R"(temporal", "usable": false, "reasons": ["too still"])" + tail +
                                 R"(, "trackerLagSeconds": 0})");
  write(folder / "tip.json", head + R"(pivot", "usable": true, "reasons": [])" + tail + "}");
  write(folder / "empty.json", head + R"(temporal", "usable": true, "reasons": [])" + tail + "}");
  EXPECT_EQ(process("good.json").exitCode, 0);
  expectRefused(process("bad.json"), "too still");
  expectRefused(process("tip.json"), "/tipMm");
  expectRefused(process("empty.json"), "trackerLagSeconds");
  expectRefused(process("none.json"), "none.json");
}

}  // namespace
}  // namespace acuguide::test
