#include "calibration/spatial/probe_check.h"

#include "calibration/applied_calibration.h"
#include "calibration/report/report.h"
#include "core/error.h"

#include <gmock/gmock.h>

#include <filesystem>

namespace acuguide::calibration {
namespace {

using testing::HasSubstr;

const Eigen::Vector2d imageSize(400, 300);

Eigen::Matrix4d imageToProbe() {
  Eigen::Matrix4d matrix = Eigen::Matrix4d::Identity();
  matrix.topLeftCorner<3, 3>() *= 0.1;
  matrix.topRightCorner<3, 1>() = Eigen::Vector3d(5, -20, 40);
  return matrix;
}

/// Five places, each with the tip so far from where the calibration puts it.
std::vector<Touch> touches(const Eigen::Vector3d& offMm) {
  std::vector<Touch> all;
  for (const Eigen::Vector2d& px : {Eigen::Vector2d(60, 50), {330, 60}, {200, 150}, {70, 250}, {340, 240}})
    all.push_back({std::int64_t(all.size()), px,
                   (imageToProbe() * Eigen::Vector4d(px.x(), px.y(), 0, 1)).head<3>() + offMm});
  return all;
}

TEST(ProbeCheck, ErrorsAreTheDistancesAtTheTouchedPlaces) {
  const ProbeCheck check = checkProbe(touches({0.3, 0, 0.4}), imageToProbe(), imageSize);
  EXPECT_TRUE(check.passed);
  ASSERT_EQ(check.errorMm.size(), 5u);
  EXPECT_NEAR(check.meanMm, 0.5, 1e-9);
  EXPECT_NEAR(check.maxMm, 0.5, 1e-9);
}

TEST(ProbeCheck, SaysWhatAFailedCheckLooksLike) {
  EXPECT_THAT(checkProbe(touches({3, 1, 0}), imageToProbe(), imageSize).sentence, HasSubstr("off alike"));
  auto one = touches({0, 0, 0});
  one[2].tipMm += Eigen::Vector3d(0, 6, 0);
  EXPECT_THAT(checkProbe(one, imageToProbe(), imageSize).sentence, HasSubstr("one touch alone"));
  auto depth = touches({0, 0, 0});
  for (Touch& touch : depth) touch.px *= 0.8;
  EXPECT_THAT(checkProbe(depth, imageToProbe(), imageSize).sentence, HasSubstr("differs over the image"));
}

TEST(ProbeCheck, FewOrCrowdedTouchesAreRefused) {
  auto few = touches({0, 0, 0});
  few.pop_back();
  EXPECT_THROW(checkProbe(few, imageToProbe(), imageSize), Error);
  auto crowded = touches({0, 0, 0});
  for (Touch& touch : crowded) touch.px = Eigen::Vector2d(200, 150) + 0.05 * touch.px;
  EXPECT_THROW(checkProbe(crowded, imageToProbe(), imageSize), Error);
  EXPECT_THROW(checkProbe(touches({0, 0, 0}), imageToProbe(), {300, 300}), Error);
}

TEST(ProbeCheck, IsKeptWithTheCalibrationWhichThenHoldsOrNot) {
  const auto path = std::filesystem::path(testing::TempDir()) / "checked_probe.json";
  Result result;
  result.kind = "spatial";
  result.usable = true;
  result.details["pixelSpacingMm"] = {0.1, 0.1};
  result.details["imageSizePx"] = {400, 300};
  result.details["validDays"] = 180;
  publish(result, Report("probe"), path);
  Frame frame;
  frame.pixels = cv::Mat(300, 400, CV_8UC1, cv::Scalar(0));
  for (const double off : {0.5, 5.0, 0.5}) {  // the last check counts
    const auto all = touches({off, 0, 0});
    keepCheck(path, all, checkProbe(all, imageToProbe(), imageSize));
    EXPECT_EQ(readResult(path).details["check"]["passed"], off < 2.0);
    const std::string why = AppliedCalibration(path).applyTo(frame);
    if (off < 2.0)
      EXPECT_EQ(why, "");
    else
      EXPECT_THAT(why, HasSubstr("failed its check of"));
  }
}

}  // namespace
}  // namespace acuguide::calibration
