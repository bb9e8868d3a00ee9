#include "calibration/spatial/fixed_feature.h"

#include "calibration/feature_scene.h"
#include "calibration/spatial/feature_calibration.h"
#include "core/error.h"

#include <Eigen/Geometry>
#include <gmock/gmock.h>
#include <opencv2/imgproc.hpp>

#include <cmath>
#include <functional>

namespace acuguide::calibration {
namespace {

using testing::HasSubstr;

using Scene = test::FeatureScene;

Scene wall() { return test::wallScene(); }

double worstCornerMm(const Eigen::Matrix4d& a, const Eigen::Matrix4d& b, const cv::Size& size) {
  double worst = 0;
  for (const double x : {0.0, double(size.width)}) {
    for (const double y : {0.0, double(size.height)})
      worst = std::max(worst, ((a - b) * Eigen::Vector4d(x, y, 0, 1)).norm());
  }
  return worst;
}

TEST(FixedFeature, ExactSightingsGiveTheExactAnswer) {
  for (Scene scene : {Scene(), wall()}) {
    scene.noisePx = 0;
    const FixedFeatureSolution solution = scene.solve();
    EXPECT_TRUE(solution.degenerate.empty()) << solution.degenerate.front();
    EXPECT_LT(worstCornerMm(solution.imageToProbe, scene.imageToProbe(), scene.size), 1e-4);
    EXPECT_NEAR(solution.spacingMm.x(), scene.spacingMm.x(), 1e-7);
  }
}

TEST(FixedFeature, NoiseMovesTheAnswerByTenthsAndTheDeviationSaysSo) {
  for (Scene scene : {Scene(), wall()}) {
    double squares = 0, stated = 0;
    constexpr int runs = 12;
    for (int run = 0; run < runs; ++run) {
      scene.seed = static_cast<unsigned>(run + 1);
      scene.poseNoiseMm = 0.2;
      scene.noisePx = 1.0;
      const FixedFeatureSolution solution = scene.solve();
      ASSERT_TRUE(solution.degenerate.empty()) << solution.degenerate.front();
      EXPECT_LT(worstCornerMm(solution.imageToProbe, scene.imageToProbe(), scene.size), 1.0);
      const Eigen::Vector4d centre(scene.size.width / 2.0, scene.size.height / 2.0, 0, 1);
      squares += ((solution.imageToProbe - scene.imageToProbe()) * centre).squaredNorm() / runs;
      stated += solution.sigmaMm(centre.head<2>()) / runs;
    }
    EXPECT_LT(std::sqrt(squares), scene.kind == FixedFeature::Point ? 0.3 : 0.6);
    RecordProperty(scene.kind == FixedFeature::Point ? "point_mm" : "wall_mm",
                   std::to_string(std::sqrt(squares)));
    EXPECT_LT(std::sqrt(squares), 2.0 * stated);
    EXPECT_GT(std::sqrt(squares), 0.4 * stated);
  }
}

TEST(FixedFeature, WildFramesAreLeftOut) {
  for (Scene scene : {Scene(), wall()}) {
    auto sightings = scene.sightings();
    for (std::size_t i = 0; i < sightings.size(); i += 7) {
      for (Eigen::Vector2d& px : sightings[i].pointsPx) px += Eigen::Vector2d(40, -65);
    }
    const auto solution = solveFixedFeature(scene.kind, sightings, scene.pictureSize());
    EXPECT_LT(worstCornerMm(solution.imageToProbe, scene.imageToProbe(), scene.size), 0.6);
    EXPECT_FALSE(solution.used[7]);
    EXPECT_TRUE(solution.used[8]);
  }
}

TEST(FixedFeature, MotionThatLeavesItOpenIsRefusedWithTheReason) {
  for (const Scene& good : {Scene(), wall()}) {
    Scene still = good;
    still.turnX = still.turnY = still.turnZ = 0;
    ASSERT_FALSE(still.solve().degenerate.empty());
    EXPECT_THAT(still.solve().degenerate.front(), HasSubstr("single orientation"));
    Scene one = good;
    one.turnX = one.turnY = 0;
    ASSERT_FALSE(one.solve().degenerate.empty());
    EXPECT_THAT(one.solve().degenerate.front(), HasSubstr("about one axis only"));
  }
  EXPECT_THROW(solveFixedFeature(FixedFeature::Point, {}, {400, 320}), Error);
}

TEST(FeatureCalibration, FromPicturesToAResult) {
  for (Scene scene : {Scene(), wall()}) {
    Scene second = scene;
    second.seed = 5;
    second.point += Eigen::Vector3d(30, -20, 10);  // the phantom may have been put elsewhere
    const FeatureOutcome outcome =
        calibrateFeature(scene.phantom(), scene.sweep("calibration.mha"), second.sweep("validation.mha"));
    EXPECT_TRUE(outcome.findings.usable) << outcome.findings.verdict;
    EXPECT_LT(worstCornerMm(outcome.solution.imageToProbe, scene.imageToProbe(), scene.size), 0.5);
    EXPECT_LT(outcome.validation.distanceMm.mean, 0.2);
    EXPECT_EQ(outcome.findings.frames.size(), 180u);
    const Result result = featureResult(outcome);
    EXPECT_EQ(result.kind, "spatial");
    for (const char* key : {"imageToProbe", "pixelSpacingMm", "axisAngleDeg", "frames", "phantomUsed"})
      EXPECT_TRUE(result.details.contains(key)) << key;
    for (const char* sweep : {"calibration", "validation"}) {
      for (const char* key : {"pointToWireMm", "reprojectionPx", "error3dMm", "plus"})
        EXPECT_TRUE(result.details[sweep].contains(key)) << sweep << key;
    }
    EXPECT_THAT(featureReport(outcome, {}).html(), HasSubstr("Usable"));
  }
}

/// The verdict when every frame of both sweeps is spoilt so.
std::string verdictWith(const Scene& scene, const std::function<void(std::size_t, Sweep&)>& spoil) {
  Scene second = scene;
  second.seed = 5;
  Sweep calibration = scene.sweep("calibration.mha"), validation = second.sweep("validation.mha");
  for (std::size_t i = 0; i < calibration.frames.size(); ++i) spoil(i, calibration);
  return calibrateFeature(scene.phantom(), calibration, validation).findings.verdict;
}

TEST(FeatureCalibration, NamesTheLikelyCause) {
  EXPECT_THAT(verdictWith(Scene(),
                          [](std::size_t i, Sweep& sweep) {
                            sweep.frames[i].poses[0].matrix.topRightCorner<3, 1>() *= 0.001;
                          }),
              HasSubstr("in metres, not millimetres"));
  EXPECT_THAT(verdictWith(Scene(),
                          [](std::size_t i, Sweep& sweep) {
                            if (i < 45) return;
                            sweep.frames[i].poses[0].matrix.topRightCorner<3, 1>() +=
                                Eigen::Vector3d(9, -7, 12);
                          }),
              HasSubstr("moved at about frame"));
  const Sweep recorded = Scene().sweep("s");
  EXPECT_THAT(verdictWith(Scene(),
                          [&](std::size_t i, Sweep& sweep) {
                            sweep.frames[i].poses = recorded.frames[i < 3 ? 0 : i - 3].poses;
                          }),
              HasSubstr("not in step"));
}

/// Sightings as bad as a hand-held sweep with an old tracker makes them: the point is good to 2 mm.
Scene crossedWires() {
  Scene scene;
  scene.crossedWires = true;
  scene.frames = 52;
  scene.poseNoiseMm = 0.3;
  return scene;
}

TEST(FeatureCalibration, TheCrossingOfTwoLongWiresIsFoundByItself) {
  const Scene scene = crossedWires();
  Scene second = scene;
  second.seed = 5;
  const FeatureOutcome outcome =
      calibrateFeature(scene.phantom(), scene.sweep("calibration.mha"), second.sweep("validation.mha"));
  EXPECT_TRUE(outcome.findings.usable) << outcome.findings.verdict;
  EXPECT_TRUE(outcome.crossing);
  EXPECT_LT(worstCornerMm(outcome.solution.imageToProbe, scene.imageToProbe(), scene.size), 1.0);
  EXPECT_LT(outcome.validation.distanceMm.mean, 0.8);
  EXPECT_GT(outcome.calibration.seen.size(), 45u);
}

TEST(FeatureCalibration, APointThatWasNotFoundIsSaidToBeThat) {
  const Scene scene = crossedWires();
  Sweep calibration = scene.sweep("calibration.mha");
  for (std::size_t i = 0; i < calibration.frames.size(); ++i) {  // the wires hidden, a spot that wanders
    cv::Mat& pixels = calibration.frames[i].pixels;
    pixels.setTo(8);
    cv::circle(pixels, {60 + int(i * 97 % 280), 60 + int(i * 61 % 200)}, 5, 220, -1);
  }
  const FeatureOutcome outcome =
      calibrateFeature(scene.phantom(), calibration, scene.sweep("validation.mha"));
  EXPECT_FALSE(outcome.findings.usable);
  ASSERT_EQ(outcome.findings.reasons.size(), 1u);
  EXPECT_THAT(outcome.findings.verdict, HasSubstr("the point was not found"));
}

TEST(FeatureCalibration, NothingToSeeIsAnError) {
  Scene scene;
  Sweep empty = scene.sweep("empty.mha");
  for (Frame& frame : empty.frames) frame.pixels.setTo(8);
  EXPECT_THROW(calibrateFeature(scene.phantom(), empty, scene.sweep("v.mha")), Error);
}

}  // namespace
}  // namespace acuguide::calibration
