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
  const std::size_t gone = dropVesselsInShadow(structures, region, bone);
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

TEST(VesselShadow, TheShadowIsWiderThanTheLineThatIsDrawn) {
  const TissuePlane bone = boneAt(200, 180, 240);
  EXPECT_TRUE(leftAt({at(StructureKind::Vessel, 210, 260, 90, 50)}, &bone).empty());
  EXPECT_EQ(leftAt({at(StructureKind::Vessel, 250, 260, 30, 30)}, &bone).size(), 0u);
  EXPECT_EQ(leftAt({at(StructureKind::Vessel, 265, 260, 30, 30)}, &bone).size(), 1u) << "hardly under it";
  EXPECT_EQ(leftAt({at(StructureKind::Vessel, 210, 200, 60, 60)}, &bone).size(), 1u) << "as much over it";
}

TEST(VesselShadow, WithoutAFarWallItIsNoVessel) {
  EXPECT_TRUE(leftAt({at(StructureKind::Vessel, 300, 380, 60, 30)}, nullptr).empty());
  EXPECT_EQ(leftAt({at(StructureKind::Vessel, 300, 360, 60, 30)}, nullptr).size(), 1u);
  EXPECT_EQ(leftAt({at(StructureKind::Vessel, 300, 40, 60, 30)}, nullptr).size(), 1u) << "at the skin";
  EXPECT_TRUE(
      leftAt({at(StructureKind::Vessel, 300, 40, 60, 30)}, nullptr, picture(ProbeSide::Bottom)).empty());
}

TEST(VesselShadow, ACurvedPicturesRimIsThatOfItsMask) {
  ImagingRegion region = picture();
  region.mask = cv::Mat(region.bounds.size(), CV_8UC1, cv::Scalar(255));
  region.mask.rowRange(300, 400).setTo(0);
  EXPECT_TRUE(leftAt({at(StructureKind::Vessel, 300, 280, 60, 30)}, nullptr, region).empty());
}

TEST(VesselShadow, ANerveIsNotHiddenByABandTakenForBone) {
  const TissuePlane bone = boneAt(200, 100, 300);
  EXPECT_EQ(leftAt({at(StructureKind::Nerve, 200, 250), at(StructureKind::Nerve, 300, 395)}, &bone).size(),
            2u);
}

}  // namespace
}  // namespace acuguide::imaging
