#include "imaging/frame_analysis.h"

#include "core/units.h"

#include <gmock/gmock.h>

namespace acuguide::imaging {
namespace {

TEST(NeedleCandidate, AngleIsPositiveWhenTheLineRisesToTheRight) {
  NeedleCandidate needle;
  needle.tipPx = {10, 100};
  needle.tailPx = {110, 0};
  EXPECT_NEAR(degrees(needle.angle()), 45, 1e-9);
  needle.tipPx = {110, 100};
  needle.tailPx = {10, 0};
  EXPECT_NEAR(degrees(needle.angle()), -45, 1e-9);
  needle.tipPx = {10, 100};
  needle.tailPx = {10, 0};
  EXPECT_NEAR(degrees(needle.angle()), 90, 1e-9);
}

TEST(FrameAnalysis, PlaneGivesTheOneWithTheLabel) {
  FrameAnalysis analysis;
  analysis.planes.resize(2);
  analysis.planes[1].label = PlaneLabel::DeepAponeurosis;
  EXPECT_EQ(analysis.plane(PlaneLabel::DeepAponeurosis), &analysis.planes[1]);
  EXPECT_EQ(analysis.plane(PlaneLabel::Bone), nullptr);
}

TEST(RidgeAt, InterpolatesAndStopsAtEndsAndGaps) {
  TissuePlane plane;
  plane.vertices = {{0, 10, 8, 12}, {8, 12, 10, 14}, {40, 20, 18, 22}, {48, 22, 20, 24}};
  EXPECT_NEAR(ridgeAt(plane, 4).value(), 11, 1e-6);
  EXPECT_NEAR(ridgeAt(plane, 8).value(), 12, 1e-6);
  EXPECT_NEAR(ridgeAt(plane, 48).value(), 22, 1e-6);
  EXPECT_FALSE(ridgeAt(plane, 20));
  EXPECT_FALSE(ridgeAt(plane, -1));
  EXPECT_FALSE(ridgeAt(plane, 49));
}

TEST(NameOf, MatchesThePlanesFile) {
  EXPECT_EQ(nameOf(PlaneLabel::SuperficialAponeurosis), "superficial_aponeurosis");
  EXPECT_EQ(nameOf(PlaneLabel::Bone), "bone");
}

}  // namespace
}  // namespace acuguide::imaging
