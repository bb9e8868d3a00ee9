#include "apps/program.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>

#include <cmath>

namespace acuguide::test {
namespace {

namespace fs = std::filesystem;

const fs::path realData = ACUGUIDE_SOURCE_DIR "/../shared/data";
const fs::path sampleData = ACUGUIDE_SOURCE_DIR "/sample_data";

std::string firstLine(const fs::path& file) {
  const std::string text = textOf(file);
  return text.substr(0, text.find('\n'));
}

TEST(Process, SampleSequenceGivesEveryTableWithItsColumns) {
  Folder folder;
  const Outcome outcome =
      acuguide({"process", (sampleData / "st36_in_plane.igs.mha").string(), "--plan",
                (sampleData / "plans/st36_in_plane.plan.json").string(), "--out", (folder / "out").string()});
  ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
  EXPECT_EQ(
      firstLine(folder / "out" / "frames.csv"),
      "frame,image,time_s,region_x,region_y,region_w,region_h,spacing_x_mm,spacing_y_mm,decode_ms,imaging_ms,"
      "tracking_ms,guidance_ms,total_ms");
  EXPECT_EQ(firstLine(folder / "out" / "needle.csv"),
            "frame,state,confidence,tip_x_px,tip_y_px,tail_x_px,tail_y_px,angle_deg,tip_sigma_px,"
            "tip_ahead_px,tip_behind_px");
  EXPECT_EQ(firstLine(folder / "out" / "planes.csv"), "frame,label,confidence,x_px,y_px,upper_px,lower_px");
  EXPECT_EQ(firstLine(folder / "out" / "fibres.csv"), "frame,angle_deg,confidence");
  EXPECT_EQ(firstLine(folder / "out" / "guidance.csv"),
            "frame,target_x_px,target_y_px,target_depth_mm,target_source,tip_to_target_mm,lateral_error_mm,"
            "angle_error_deg,nearest_danger,danger_mm,state,"
            "target_sure,target_sigma_px");
  const auto summary = nlohmann::json::parse(textOf(folder / "out" / "summary.json"));
  EXPECT_TRUE(summary.contains("version"));
  const auto frames = column(tableOf(folder / "out" / "frames.csv"), "spacing_x_mm");
  ASSERT_FALSE(frames.empty());
  EXPECT_GT(std::stod(frames[0]), 0.01) << "the sequence knows its scale";
}

/// Tip distance to the truth over the frames where the needle is both there and observed.
TEST(Process, NeedleInTheSampleSequenceIsWhereTheTruthSays) {
  Folder folder;
  ASSERT_EQ(
      acuguide({"process", (sampleData / "st36_in_plane.igs.mha").string(), "--out", (folder / "o").string()})
          .exitCode,
      0);
  const auto found = tableOf(folder / "o" / "needle.csv");
  const auto truth = tableOf(sampleData / "st36_in_plane.truth.csv");
  const auto state = column(found, "state");
  const auto visible = column(truth, "visible");
  ASSERT_EQ(state.size(), visible.size());
  const auto tipX = column(found, "tip_x_px"), tipY = column(found, "tip_y_px");
  const auto trueX = column(truth, "tip_x"), trueY = column(truth, "tip_y");
  int shown = 0, right = 0, falseOnes = 0;
  for (std::size_t i = 0; i < state.size(); ++i) {
    if (visible[i] != "1") {
      falseOnes += state[i] == "observed";
      continue;
    }
    ++shown;
    if (state[i] != "observed") continue;
    right +=
        std::hypot(std::stod(tipX[i]) - std::stod(trueX[i]), std::stod(tipY[i]) - std::stod(trueY[i])) < 20;
  }
  EXPECT_EQ(falseOnes, 0);
  ASSERT_GT(shown, 20);
  EXPECT_GE(right, shown * 7 / 10);
}

TEST(Process, StructuresAreAMaskForEachStillOfAnySize) {
  const fs::path stills = realData / "nerves_vessels/images";
  if (!fs::exists(stills)) GTEST_SKIP() << stills << " is not there";
  Folder folder;
  fs::create_directories(folder / "stills");
  std::vector<std::pair<std::string, cv::Size>> chosen;
  for (const std::string name : {"0014", "0018", "0043"}) {
    fs::copy_file(stills / (name + ".png"), folder / "stills" / (name + ".png"));
    chosen.emplace_back(name, cv::imread((stills / (name + ".png")).string()).size());
  }
  ASSERT_NE(chosen.front().second, chosen.back().second);
  const Outcome outcome = acuguide({"process", (folder / "stills").string(), "--still", "--structures",
                                    "--out", (folder / "out").string()});
  ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
  for (const auto& [name, size] : chosen) {
    const cv::Mat mask =
        cv::imread((folder / "out/structures" / (name + ".png")).string(), cv::IMREAD_UNCHANGED);
    ASSERT_EQ(mask.size(), size) << name;
    EXPECT_EQ(mask.type(), CV_8UC1);
    EXPECT_GT(cv::countNonZero(mask == 1), 100) << name << " shows a vessel";
    EXPECT_EQ(cv::countNonZero(mask > 2), 0);
  }
  const auto sure = column(tableOf(folder / "out" / "structures.csv"), "sure");
  ASSERT_FALSE(sure.empty());
  for (const std::string& one : sure) EXPECT_EQ(one, "1");
}

TEST(Process, StructuresOfAStreamAreNamedByTheFrame) {
  Folder folder;
  const Outcome outcome = acuguide({"process", "sim:no_needle?seed=2", "--limit", "2", "--structures",
                                    "--out", (folder / "out").string()});
  ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
  for (const std::string name : {"000000.png", "000001.png"})
    EXPECT_FALSE(cv::imread((folder / "out/structures" / name).string(), cv::IMREAD_UNCHANGED).empty())
        << name;
  EXPECT_EQ(firstLine(folder / "out" / "structures.csv"),
            "frame,image,sure,strangeness,kind,confidence,x_px,y_px,area_px,structures_ms");
}

TEST(Process, OverlayPicturesAreWritten) {
  Folder folder;
  const Outcome outcome =
      acuguide({"process", "sim:st36_in_plane?seed=2", "--limit", "2", "--overlay", "--plan",
                (sampleData / "plans/st36_in_plane.plan.json").string(), "--out", (folder / "out").string()});
  ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
  const cv::Mat picture = cv::imread(folder / "out" / "overlay" / "000001.png");
  ASSERT_FALSE(picture.empty());
  EXPECT_EQ(picture.cols, 640);
  cv::Mat channels[3];
  cv::split(picture, channels);
  cv::Mat colour;
  cv::absdiff(channels[0], channels[2], colour);
  EXPECT_GT(cv::countNonZero(colour > 60), 50) << "overlays are coloured, the ultrasound is grey";
}

TEST(Process, ThePlanSidesAndSpacingOptionReachTheTables) {
  Folder folder;
  ASSERT_EQ(acuguide({"process", "gst:videotestsrc num-buffers=5 pattern=ball ! video/x-raw,framerate=30/1",
                      "--spacing-mm", "0.1,0.2", "--out", (folder / "out").string()})
                .exitCode,
            0);
  const auto table = tableOf(folder / "out" / "frames.csv");
  EXPECT_EQ(table.size(), 6u);
  EXPECT_DOUBLE_EQ(std::stod(column(table, "spacing_x_mm").at(0)), 0.1);
  EXPECT_DOUBLE_EQ(std::stod(column(table, "spacing_y_mm").at(0)), 0.2);
}

TEST(Process, UnknownScaleStaysEmpty) {
  Folder folder;
  ASSERT_EQ(acuguide({"process", "gst:videotestsrc num-buffers=2 ! video/x-raw,framerate=30/1", "--out",
                      (folder / "out").string()})
                .exitCode,
            0);
  EXPECT_EQ(column(tableOf(folder / "out" / "frames.csv"), "spacing_x_mm").at(0), "");
}

TEST(Process, RecordedVideoComesThroughGstreamerToo) {
  Folder folder;
  const fs::path video = folder / "v.mkv";
  ASSERT_EQ(acuguide({"simulate", "st36_in_plane", "--frames", "12", "--out", video.string(), "--truth",
                      (folder / "t.csv").string()})
                .exitCode,
            0);
  ASSERT_EQ(acuguide({"process", "gst:filesrc location=" + video.string() + " ! matroskademux ! avdec_ffv1",
                      "--out", (folder / "gst").string()})
                .exitCode,
            0);
  ASSERT_EQ(acuguide({"process", video.string(), "--out", (folder / "file").string()}).exitCode, 0);
  EXPECT_EQ(tableOf(folder / "gst" / "frames.csv").size(), 13u);
  EXPECT_EQ(tableOf(folder / "file" / "frames.csv").size(), 13u);
}

TEST(Process, RealNeedleFrames) {
  const fs::path frames = realData / "needle/invitro/images";
  if (!fs::exists(frames)) GTEST_SKIP() << "needs ../shared/data, which this machine does not have";
  Folder folder;
  const Outcome outcome = acuguide({"process", frames.string(), "--out", (folder / "out").string()});
  ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
  EXPECT_EQ(tableOf(folder / "out" / "frames.csv").size(), 26u);
  const auto image = column(tableOf(folder / "out" / "frames.csv"), "image");
  EXPECT_EQ(image.at(0).rfind("images/", 0), 0u) << image.at(0);
}

TEST(Process, RealPlusSequence) {
  const fs::path sequence = realData / "plus/sequences/fCal_Test_Validation_3NWires_fCal2.0.igs.mha";
  if (!fs::exists(sequence)) GTEST_SKIP() << "needs ../shared/data, which this machine does not have";
  Folder folder;
  const Outcome outcome =
      acuguide({"process", sequence.string(), "--limit", "5", "--out", (folder / "out").string()});
  ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
  EXPECT_EQ(tableOf(folder / "out" / "frames.csv").size(), 6u);
  const auto states = column(tableOf(folder / "out" / "needle.csv"), "state");
  for (const auto& state : states) EXPECT_NE(state, "observed") << "wires in a water tank are not needles";
}

}  // namespace
}  // namespace acuguide::test
