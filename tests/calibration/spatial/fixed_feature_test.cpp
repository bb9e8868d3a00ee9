#include "calibration/spatial/fixed_feature.h"

#include "calibration/spatial/feature_calibration.h"
#include "core/error.h"

#include <Eigen/Geometry>
#include <gmock/gmock.h>
#include <opencv2/imgproc.hpp>

#include <cmath>
#include <functional>
#include <random>

namespace acuguide::calibration {
namespace {

using testing::HasSubstr;

/// A probe that looks at a point or a wall from all sides, with a known answer.
struct Scene {
  FixedFeature kind = FixedFeature::Point;
  cv::Size size{400, 320};
  Eigen::Vector2d spacingMm{0.12, 0.1};
  Eigen::Isometry3d pictureToProbe = Eigen::Isometry3d::Identity();
  Eigen::Vector3d point{120, -80, 900};  ///< in the reference; a wall's too
  Eigen::Vector3d normal = Eigen::Vector3d(0.1, -0.2, 1).normalized();
  int frames = 90;
  double turnX = 0.5, turnY = 0.45, turnZ = 0.7;  ///< rad, how far the probe is turned
  double noisePx = 0.5;
  double poseNoiseMm = 0.0;
  unsigned seed = 1;

  Scene() {
    pictureToProbe.translation() = Eigen::Vector3d(14, 32, -9);
    pictureToProbe.linear() =
        (Eigen::AngleAxisd(0.4, Eigen::Vector3d::UnitX()) * Eigen::AngleAxisd(2.5, Eigen::Vector3d::UnitY()) *
         Eigen::AngleAxisd(1.2, Eigen::Vector3d::UnitZ()))
            .toRotationMatrix();
  }
  Eigen::Matrix4d imageToProbe() const {
    return pictureToProbe.matrix() *
           Eigen::Vector4d(spacingMm.x(), spacingMm.y(), spacingMm.mean(), 1).asDiagonal();
  }

  /// Where the feature is seen, and the pose that shows it there.
  FeatureSighting sighting(int i, std::mt19937& random) const {
    std::normal_distribution<double> normalNoise;
    const double t = 0.37 * i + seed;
    const Eigen::Vector2d at(size.width * (0.5 + 0.35 * std::sin(1.3 * t)),
                             size.height * (0.55 + 0.3 * std::cos(0.9 * t)));
    Eigen::Isometry3d toReference = Eigen::Isometry3d::Identity();
    // A picture's y goes down into the wall.
    const Eigen::Quaterniond down = Eigen::Quaterniond::FromTwoVectors(Eigen::Vector3d::UnitY(), -normal);
    toReference.linear() = (down * Eigen::AngleAxisd(turnZ * std::sin(0.7 * t), Eigen::Vector3d::UnitY()) *
                            Eigen::AngleAxisd(turnX * std::sin(1.1 * t + 1), Eigen::Vector3d::UnitX()) *
                            Eigen::AngleAxisd(turnY * std::cos(0.6 * t), Eigen::Vector3d::UnitZ()))
                               .toRotationMatrix();
    const Eigen::Vector3d inPicture(at.x() * spacingMm.x(), at.y() * spacingMm.y(), 0);
    toReference.translation() = point - toReference.linear() * inPicture;
    FeatureSighting one;
    one.frame = i;
    one.time = 0.05 * i;
    one.probeToReference = (toReference * pictureToProbe.inverse()).matrix();
    if (kind == FixedFeature::Point) {
      one.pointsPx = {at};
    } else {
      for (const double share : {0.15, 0.5, 0.85}) {
        const Eigen::Vector3d across(share * size.width * spacingMm.x(), 0, 0);
        const double y = normal.dot(point - toReference * across) / normal.dot(toReference.linear().col(1)) /
                         spacingMm.y();
        one.pointsPx.emplace_back(share * size.width, y);
      }
    }
    for (Eigen::Vector2d& px : one.pointsPx) {
      px.y() += noisePx * normalNoise(random);
      if (kind == FixedFeature::Point) px.x() += noisePx * normalNoise(random);
    }
    for (int k = 0; k < 3; ++k) one.probeToReference(k, 3) += poseNoiseMm * normalNoise(random);
    return one;
  }
  std::vector<FeatureSighting> sightings() const {
    std::mt19937 random(seed);
    std::vector<FeatureSighting> all;
    for (int i = 0; i < frames; ++i) all.push_back(sighting(i, random));
    return all;
  }
  Eigen::Vector2d pictureSize() const { return {double(size.width), double(size.height)}; }
  FixedFeatureSolution solve() const { return solveFixedFeature(kind, sightings(), pictureSize()); }

  /// Pictures of it, tracked.
  Sweep sweep(const std::string& name) const {
    Sweep made{name, {}};
    for (const FeatureSighting& one : sightings()) {
      Frame frame;
      frame.index = one.frame;
      frame.time = one.time;
      frame.pixels = cv::Mat(size, CV_8UC1);
      cv::theRNG().state = seed * 977 + static_cast<unsigned>(one.frame);
      cv::randn(frame.pixels, 8, 3);
      if (kind == FixedFeature::Point) {
        cv::Mat spot = cv::Mat::zeros(size, CV_8UC1);
        cv::ellipse(spot, {cvRound(one.pointsPx[0].x() * 16), cvRound(one.pointsPx[0].y() * 16)},
                    {5 * 16, 2 * 16}, 0, 0, 360, 220, -1, cv::LINE_AA, 4);
        cv::GaussianBlur(spot, spot, {5, 5}, 0);
        frame.pixels += spot;
      } else {
        const auto at = [](const Eigen::Vector2d& px) {
          return cv::Point(cvRound(px.x() * 16), cvRound(px.y() * 16));
        };
        const Eigen::Vector2d along = (one.pointsPx[2] - one.pointsPx[0]) / 0.7 * 0.2;
        cv::line(frame.pixels, at(one.pointsPx[0] - along), at(one.pointsPx[2] + along), 200, 3, cv::LINE_AA,
                 4);
      }
      frame.poses = {{"Probe", "Reference", one.probeToReference, true}};
      made.frames.push_back(std::move(frame));
    }
    return made;
  }
  Phantom phantom() const {
    return parsePhantomJson(R"({"format": "acuguide.phantom/1", "name": "tank", "kind": ")" +
                                std::string(kind == FixedFeature::Point ? "point" : "wall") + "\"}",
                            "phantom.json");
  }
};

Scene wall() {
  Scene scene;
  scene.kind = FixedFeature::Wall;
  return scene;
}

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

TEST(FeatureCalibration, NothingToSeeIsAnError) {
  Scene scene;
  Sweep empty = scene.sweep("empty.mha");
  for (Frame& frame : empty.frames) frame.pixels.setTo(8);
  EXPECT_THROW(calibrateFeature(scene.phantom(), empty, scene.sweep("v.mha")), Error);
}

}  // namespace
}  // namespace acuguide::calibration
