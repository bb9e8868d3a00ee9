#include "calibration/tools/landmarks.h"

#include "core/error.h"

#include <Eigen/Geometry>
#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace acuguide::calibration {
namespace {

using testing::Contains;
using testing::HasSubstr;

const Eigen::Matrix4d truth = [] {
  Eigen::Affine3d pose = Eigen::Affine3d::Identity();
  pose.rotate(Eigen::AngleAxisd(0.8, Eigen::Vector3d(1, -2, 0.5).normalized()));
  pose.pretranslate(Eigen::Vector3d(10, -200, 85));
  return pose.matrix();
}();

const std::vector<Eigen::Vector3d> body = {{0, 0, 0},     {80, 5, 0},   {10, 60, 8},
                                           {-20, 30, 40}, {55, 48, 25}, {30, -20, 15}};

std::vector<Landmark> list(const std::vector<Eigen::Vector3d>& points) {
  std::vector<Landmark> marks;
  for (const auto& point : points) marks.push_back({"", point});
  return marks;
}

std::vector<Landmark> touched(double noiseMm = 0.0, std::uint32_t seed = 1) {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal(0.0, noiseMm > 0.0 ? noiseMm : 1.0);
  std::vector<Landmark> marks;
  for (const auto& point : body) {
    Eigen::Vector3d mapped = (truth * point.homogeneous()).head<3>();
    if (noiseMm > 0.0) mapped += Eigen::Vector3d(normal(random), normal(random), normal(random));
    marks.push_back({"", mapped});
  }
  return marks;
}

TEST(Landmarks, ExactPairsGiveTheExactPose) {
  const LandmarkSummary summary = registerLandmarks(list(body), touched());
  EXPECT_TRUE(summary.usable);
  EXPECT_LT((summary.fromToTo - truth).norm(), 1e-9);
  EXPECT_LT(summary.freMm, 1e-9);
}

TEST(Landmarks, ExpectedErrorsAreTheRealOnes) {
  const Eigen::Vector3d target(40, 20, 120);
  LandmarkOptions options;
  options.targetMm = target;
  const double noise = 0.5;
  double targetSquares = 0.0, expectedSquares = 0.0, fleSquares = 0.0;
  const int runs = 400;
  for (std::uint32_t seed = 1; seed <= runs; ++seed) {
    const LandmarkSummary summary = registerLandmarks(list(body), touched(noise, seed), options);
    const Eigen::Vector4d off = (summary.fromToTo - truth) * target.homogeneous();
    targetSquares += off.squaredNorm();
    expectedSquares += std::pow(summary.treEstimateMm, 2);
    fleSquares += std::pow(summary.fleMm, 2);
  }
  EXPECT_NEAR(std::sqrt(fleSquares / runs), noise * std::sqrt(3.0), 0.05);
  EXPECT_NEAR(std::sqrt(targetSquares / expectedSquares), 1.0, 0.1);
}

TEST(Landmarks, PairsByNameWhateverTheOrder) {
  auto from = list(body), to = touched();
  for (std::size_t i = 0; i < from.size(); ++i) from[i].name = to[i].name = std::string(i + 1, 'P');
  std::reverse(to.begin(), to.end());
  from.push_back({"extra", {1, 2, 3}});
  EXPECT_LT(registerLandmarks(from, to).freMm, 1e-9);
}

TEST(Landmarks, NamesTheExchangedPair) {
  auto to = touched(0.2);
  std::swap(to[1], to[3]);
  const LandmarkSummary summary = registerLandmarks(list(body), to);
  EXPECT_FALSE(summary.usable);
  EXPECT_THAT(summary.reasons, Contains(HasSubstr("landmarks 2 and 4 look exchanged")));
}

TEST(Landmarks, NamesTheWrongLandmark) {
  auto to = touched(0.2);
  to[4].mm += Eigen::Vector3d(0, 18, -9);
  const LandmarkSummary summary = registerLandmarks(list(body), to);
  EXPECT_FALSE(summary.usable);
  EXPECT_THAT(summary.reasons, Contains(HasSubstr("landmark 5 was probably touched wrongly")));
}

TEST(Landmarks, NamesAMirroredList) {
  auto to = touched(0.2);
  for (auto& mark : to) mark.mm.x() *= -1.0;
  EXPECT_THAT(registerLandmarks(list(body), to).reasons, Contains(HasSubstr("mirrored")));
}

TEST(Landmarks, NamesTheUnits) {
  auto to = touched(0.2);
  for (auto& mark : to) mark.mm /= 1000.0;
  EXPECT_THAT(registerLandmarks(list(body), to).reasons,
              Contains(HasSubstr("second list looks like metres")));
}

TEST(Landmarks, RefusesWhatCannotBeRegistered) {
  EXPECT_THROW(registerLandmarks(list({{0, 0, 0}, {1, 0, 0}}), list({{0, 0, 0}, {1, 0, 0}})), Error);
  EXPECT_THROW(registerLandmarks(list(body), list({{0, 0, 0}, {9, 0, 0}, {0, 9, 0}})), Error);
  const auto line = list({{0, 0, 0}, {10, 0, 0}, {20, 0.01, 0}, {40, 0, 0}});
  EXPECT_THROW(registerLandmarks(line, line), Error);
}

TEST(Landmarks, ANameInOneListOnlyIsTold) {
  std::vector<Landmark> from = list(body), to = touched();
  for (std::size_t i = 0; i < body.size(); ++i) from[i].name = to[i].name = "L" + std::to_string(i);
  from[2].name = "patella";
  const LandmarkSummary summary = registerLandmarks(from, to);
  EXPECT_TRUE(summary.usable);
  EXPECT_THAT(summary.onlyFrom, testing::ElementsAre("patella"));
  EXPECT_THAT(summary.onlyTo, testing::ElementsAre("L2"));
  EXPECT_THAT(summary.reasons,
              Contains(HasSubstr("patella is in the first list only; L2 is in the second list only")));
}

}  // namespace
}  // namespace acuguide::calibration
