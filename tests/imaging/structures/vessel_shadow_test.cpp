#include "imaging/structures/vessel_shadow.h"

#include <gtest/gtest.h>

namespace acuguide::imaging {
namespace {

TissuePlane boneAt(float y, float fromX, float toX) {
  TissuePlane bone;
  bone.label = PlaneLabel::Bone;
  for (float x = fromX; x <= toX; x += 8) bone.vertices.push_back({x, y, y - 2, y + 2});
  return bone;
}

PossibleStructure at(StructureKind kind, double x, double y, double halfWidth = 10, double halfHeight = 10) {
  PossibleStructure one;
  one.kind = kind;
  one.outlinePx = {{x - halfWidth, y - halfHeight},
                   {x + halfWidth, y - halfHeight},
                   {x + halfWidth, y + halfHeight},
                   {x - halfWidth, y + halfHeight}};
  return one;
}

ImagingRegion picture(ProbeSide probe = ProbeSide::Top) {
  ImagingRegion region;
  region.bounds = cv::Rect(20, 10, 600, 400);
  region.probe = probe;
  return region;
}

/// The middles (rows) of what is left.
std::vector<double> leftAt(const std::vector<PossibleStructure>& given, const TissuePlane* bone,
                           const ImagingRegion& region = picture()) {
  Structures structures;
  structures.found = given;
  const cv::Mat grey(420, 640, CV_8UC1, cv::Scalar(90));
  const std::size_t gone = dropVesselsInShadow(structures, grey, region, bone);
  EXPECT_EQ(gone + structures.found.size(), given.size());
  std::vector<double> y;
  for (const auto& one : structures.found)
    y.push_back((one.outlinePx.front().y() + one.outlinePx.back().y()) / 2);
  return y;
}

TEST(VesselShadow, AVesselUnderBoneIsNoLumen) {
  const TissuePlane bone = boneAt(200, 100, 300);
  const std::vector<PossibleStructure> given{at(StructureKind::Vessel, 200, 150),
                                             at(StructureKind::Vessel, 200, 250),
                                             at(StructureKind::Vessel, 400, 260)};
  EXPECT_EQ(leftAt(given, &bone), (std::vector<double>{150, 260})) << "over and beside it";
  EXPECT_EQ(leftAt(given, &bone, picture(ProbeSide::Bottom)), (std::vector<double>{250, 260}))
      << "probe below";
  EXPECT_EQ(leftAt(given, nullptr).size(), 3u);
}

TEST(VesselShadow, WhatGoesIsTakenOutOfTheMask) {
  const TissuePlane bone = boneAt(200, 100, 300);
  Structures structures;
  structures.found = {at(StructureKind::Vessel, 200, 250), at(StructureKind::Vessel, 400, 260)};
  structures.mask = cv::Mat::zeros(420, 640, CV_8UC1);
  structures.mask(cv::Rect(190, 240, 21, 21)) = 1;
  structures.mask(cv::Rect(390, 250, 21, 21)) = 1;
  structures.mask(cv::Rect(205, 240, 6, 21)) = 2;  // a nerve beside it
  const cv::Mat grey(420, 640, CV_8UC1, cv::Scalar(90));
  EXPECT_EQ(dropVesselsInShadow(structures, grey, picture(), &bone), 1u);
  EXPECT_EQ(cv::countNonZero(structures.mask == 1), 21 * 21);
  EXPECT_EQ(structures.mask.at<uchar>(260, 400), 1);
  EXPECT_EQ(cv::countNonZero(structures.mask == 2), 6 * 21);
}

TEST(VesselShadow, TheShadowIsWiderThanTheLineThatIsDrawn) {
  const TissuePlane bone = boneAt(200, 180, 240);
  EXPECT_TRUE(leftAt({at(StructureKind::Vessel, 210, 260, 90, 50)}, &bone).empty());
  EXPECT_EQ(leftAt({at(StructureKind::Vessel, 250, 260, 30, 30)}, &bone).size(), 0u);
  EXPECT_EQ(leftAt({at(StructureKind::Vessel, 265, 260, 30, 30)}, &bone).size(), 1u) << "hardly under it";
  EXPECT_EQ(leftAt({at(StructureKind::Vessel, 210, 200, 60, 60)}, &bone).size(), 1u) << "as much over it";
}

TEST(VesselShadow, AtTheFarRimItMayBeAVesselUnlessUnderBone) {
  const TissuePlane bone = boneAt(330, 240, 360);
  EXPECT_EQ(leftAt({at(StructureKind::Vessel, 300, 380, 60, 30)}, nullptr).size(), 1u);
  EXPECT_TRUE(leftAt({at(StructureKind::Vessel, 300, 380, 60, 30)}, &bone).empty());
}

TEST(VesselShadow, ALineOverAVesselWithAFarWallIsItsNearWall) {
  const TissuePlane line = boneAt(178, 250, 350);
  cv::Mat grey(420, 640, CV_8UC1, cv::Scalar(90));
  grey(cv::Rect(250, 180, 101, 61)) = 20;
  Structures structures;
  structures.found = {at(StructureKind::Vessel, 300, 210, 50, 30)};
  EXPECT_EQ(dropVesselsInShadow(structures, grey, picture(), &line), 0u);
  grey(cv::Rect(250, 241, 101, 160)) = 22;
  EXPECT_EQ(dropVesselsInShadow(structures, grey, picture(), &line), 1u) << "as dark beyond: bone's shadow";
  structures.found = {at(StructureKind::Vessel, 300, 210, 50, 30)};
  grey(cv::Rect(250, 180, 101, 61)) = 0;
  EXPECT_EQ(dropVesselsInShadow(structures, grey, picture(), &line), 1u) << "black within, dark beyond";
}

TEST(VesselShadow, WhereItStaysDarkBeyondThereIsNoLumen) {
  const auto left = [](int beyond, ProbeSide probe) {
    cv::Mat grey(420, 640, CV_8UC1, cv::Scalar(90));
    grey(cv::Rect(250, 180, 101, 61)) = 20;
    const int far = probe == ProbeSide::Bottom ? 110 : 241;
    grey(cv::Rect(250, far, 101, 70)) = beyond;
    Structures structures;
    structures.found = {at(StructureKind::Vessel, 300, 210, 50, 30)};
    dropVesselsInShadow(structures, grey, picture(probe), nullptr);
    return structures.found.size();
  };
  for (const ProbeSide probe : {ProbeSide::Top, ProbeSide::Bottom}) {
    EXPECT_EQ(left(6, probe), 0u);
    EXPECT_EQ(left(60, probe), 1u);
    EXPECT_EQ(left(22, probe), 1u) << "in doubt it stays";
  }
}

TEST(VesselShadow, ANerveIsNotHiddenByABandTakenForBone) {
  const TissuePlane bone = boneAt(200, 100, 300);
  EXPECT_EQ(leftAt({at(StructureKind::Nerve, 200, 250), at(StructureKind::Nerve, 300, 395)}, &bone).size(),
            2u);
}

}  // namespace
}  // namespace acuguide::imaging
