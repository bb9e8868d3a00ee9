#include "imaging/planes/plane_finder.h"
#include "imaging/planes/synthetic_muscle.h"

#include <gmock/gmock.h>
#include <opencv2/imgproc.hpp>

#include <cmath>

namespace acuguide::imaging {
namespace {

using testing::SyntheticMuscle;

/// A round bone below the muscle: a bright rim on its upper half, then shadow to the bottom.
struct RoundBone {
  double x = 330, y = 400, radius = 45;

  double surfaceAt(double column) const {
    const double d = column - x;
    return y - std::sqrt(std::max(0.0, radius * radius - d * d));
  }

  void drawInto(cv::Mat& grey) const {
    cv::RNG random(5);
    for (int column = static_cast<int>(x - radius); column <= static_cast<int>(x + radius); ++column) {
      for (int row = static_cast<int>(surfaceAt(column)); row < grey.rows; ++row) {
        const double below = row - surfaceAt(column);
        const double level = below < 6 ? 230 : 4 + 3 * std::abs(random.gaussian(1.0));
        grey.at<uchar>(row, column) = cv::saturate_cast<uchar>(level);
      }
    }
    cv::GaussianBlur(grey, grey, {0, 0}, 1.0);
  }
};

std::vector<TissuePlane> planesOf(const cv::Mat& grey, ProbeSide probe = ProbeSide::Top) {
  ImagingRegion region;
  region.bounds = {0, 0, grey.cols, grey.rows};
  region.probe = probe;
  PlaneFinder finder;
  std::vector<TissuePlane> planes;
  finder.process(grey, region, 0, planes);
  return planes;
}

const TissuePlane* boneOf(const std::vector<TissuePlane>& planes) {
  for (const TissuePlane& plane : planes) {
    if (plane.label == PlaneLabel::Bone) return &plane;
  }
  return nullptr;
}

cv::Mat muscleOverBone(const RoundBone& bone) {
  SyntheticMuscle muscle;
  muscle.size = {512, 470};
  muscle.deepUpper = 260;
  muscle.deepLower = 280;
  cv::Mat grey = muscle.render();
  bone.drawInto(grey);
  return grey;
}

TEST(PlaneBone, AShortRoundSurfaceWithItsShadowIsBone) {
  const RoundBone bone;
  const auto planes = planesOf(muscleOverBone(bone));
  const TissuePlane* found = boneOf(planes);
  ASSERT_TRUE(found);
  EXPECT_GT(found->confidence, 0.6);
  double worst = 0;
  for (const PlaneVertex& v : found->vertices) {
    EXPECT_GT(v.x, bone.x - bone.radius - 6);
    EXPECT_LT(v.x, bone.x + bone.radius + 6);
    if (std::abs(v.x - bone.x) < 0.7 * bone.radius)
      worst = std::max(worst, std::abs(v.ridge - (bone.surfaceAt(v.x) + 3)));
  }
  EXPECT_LT(worst, 4);
  EXPECT_GT(found->vertices.back().x - found->vertices.front().x, bone.radius);
}

TEST(PlaneBone, IsFoundUpsideDown) {
  const RoundBone bone;
  cv::Mat grey = muscleOverBone(bone);
  cv::flip(grey, grey, 0);
  const auto planes = planesOf(grey, ProbeSide::Bottom);
  ASSERT_TRUE(boneOf(planes));
  const auto y = ridgeAt(*boneOf(planes), bone.x);
  ASSERT_TRUE(y);
  EXPECT_NEAR(*y, grey.rows - 1 - bone.surfaceAt(bone.x) - 3, 4);
}

TEST(PlaneBone, NoneInMuscle) { EXPECT_FALSE(boneOf(planesOf(SyntheticMuscle().render()))); }

TEST(PlaneBone, ThePartOfAPictureThatFadesIsNoShadow) {
  cv::Mat grey = SyntheticMuscle().render();
  for (int row = 330; row < grey.rows; ++row) grey.row(row) *= 0.05;
  EXPECT_FALSE(boneOf(planesOf(grey)));
}

TissuePlane lineOfBone(double slope) {
  TissuePlane bone;
  bone.label = PlaneLabel::Bone;
  bone.confidence = 0.8;
  for (float x = 100; x <= 260; x += 8) {
    const float y = 150 + static_cast<float>(slope) * (x - 180);
    bone.vertices.push_back({x, y, y - 2, y + 2});
  }
  return bone;
}

TEST(PlaneBone, ASurfaceAlongANeedleIsTheNeedle) {
  NeedleCandidate needle;
  needle.tailPx = {90, 105};
  needle.tipPx = {270, 195};  // falls by a half
  const cv::Rect bounds(0, 0, 512, 440);
  const auto leftAlong = [&](double slope, double confidence) {
    needle.confidence = confidence;
    std::vector<TissuePlane> planes = {lineOfBone(slope)};
    dropBoneAlong({needle}, bounds, planes);
    return planes.size();
  };
  EXPECT_EQ(leftAlong(0.5, 0.9), 0U);
  EXPECT_EQ(leftAlong(0.5, 0.05), 1U) << "hardly a needle";
  EXPECT_EQ(leftAlong(0.0, 0.9), 1U) << "the needle only crosses it";
  std::vector<TissuePlane> fascia = {lineOfBone(0.5)};
  fascia[0].label = PlaneLabel::Fascia;
  needle.confidence = 0.9;
  dropBoneAlong({needle}, bounds, fascia);
  EXPECT_EQ(fascia.size(), 1U);
}

}  // namespace
}  // namespace acuguide::imaging
