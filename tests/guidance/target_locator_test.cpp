#include "guidance/target_locator.h"

#include <gtest/gtest.h>

namespace acuguide::guidance {
namespace {

using Eigen::Vector2d;
using imaging::PlaneLabel;
using imaging::ProbeSide;

struct Picture {
  imaging::FrameAnalysis analysis;
  ImageGeometry geometry{Vector2d(0.1, 0.2)};

  explicit Picture(ProbeSide probe = ProbeSide::Top) : side(probe) {
    analysis.region.bounds = {0, 0, 401, 301};  // centre line at x = 200
    imaging::TissuePlane plane;
    plane.label = PlaneLabel::DeepAponeurosis;
    plane.confidence = 0.9;
    for (float x = 100; x <= 300; x += 8)
      plane.vertices.push_back({x, 100 + x / 10, 98 + x / 10, 102 + x / 10});
    analysis.planes.push_back(plane);
  }

  std::variant<TargetInPicture, GuidanceReason> locate(const planning::Target& target) const {
    return locateTarget(target, planning::PictureFrame::find(geometry, analysis.region, side).value(),
                        analysis);
  }
  ProbeSide side;
};

TEST(TargetLocator, AtADepth) {
  const auto found = Picture().locate(planning::TargetAtDepth{{-5, 10}});
  const auto& target = std::get<TargetInPicture>(found);
  EXPECT_TRUE(target.px.isApprox(Vector2d(150, 50)));
  EXPECT_NEAR(target.depthMm.value(), 10, 1e-9);
  EXPECT_EQ(target.source, "depth");
}

TEST(TargetLocator, AtADepthWithTheProbeBelow) {
  const auto found = Picture(ProbeSide::Bottom).locate(planning::TargetAtDepth{{-5, 10}});
  EXPECT_TRUE(std::get<TargetInPicture>(found).px.isApprox(Vector2d(150, 250)));
}

TEST(TargetLocator, WhereAPlaneCrossesAndDeeperThanIt) {
  const auto found = Picture().locate(planning::TargetAtPlane{PlaneLabel::DeepAponeurosis, 4.0, 2.0});
  const auto& target = std::get<TargetInPicture>(found);
  EXPECT_NEAR(target.px.x(), 240, 1e-9);
  EXPECT_NEAR(target.px.y(), 124 + 10, 1e-3);  // the ridge at x = 240, and 2 mm of 0.2 mm a pixel
  EXPECT_NEAR(target.depthMm.value(), 134 * 0.2, 1e-3);
  EXPECT_EQ(target.source, "deep_aponeurosis");
}

TEST(TargetLocator, DeeperIsUpwardsWithTheProbeBelow) {
  const auto found =
      Picture(ProbeSide::Bottom).locate(planning::TargetAtPlane{PlaneLabel::DeepAponeurosis, 4.0, 2.0});
  EXPECT_NEAR(std::get<TargetInPicture>(found).px.y(), 124 - 10, 1e-3);
}

TEST(TargetLocator, APlaneThatIsNotSeenThereIsNoTarget) {
  const Picture picture;
  EXPECT_EQ(std::get<GuidanceReason>(picture.locate(planning::TargetAtPlane{PlaneLabel::Bone, 0, 0})),
            GuidanceReason::NoTarget);
  EXPECT_EQ(
      std::get<GuidanceReason>(picture.locate(planning::TargetAtPlane{PlaneLabel::DeepAponeurosis, 15, 0})),
      GuidanceReason::NoTarget)
      << "beyond the plane's end";
}

TEST(TargetLocator, WithoutScaleMillimetresAreNotGuessed) {
  Picture picture;
  picture.geometry.spacingMm.reset();
  EXPECT_EQ(std::get<GuidanceReason>(picture.locate(planning::TargetAtDepth{{0, 10}})),
            GuidanceReason::NoScale);
  EXPECT_EQ(
      std::get<GuidanceReason>(picture.locate(planning::TargetAtPlane{PlaneLabel::DeepAponeurosis, 4, 0})),
      GuidanceReason::NoScale);
  EXPECT_EQ(
      std::get<GuidanceReason>(picture.locate(planning::TargetAtPlane{PlaneLabel::DeepAponeurosis, 0, 1})),
      GuidanceReason::NoScale);
  const auto centre = picture.locate(planning::TargetAtPlane{PlaneLabel::DeepAponeurosis, 0, 0});
  EXPECT_NEAR(std::get<TargetInPicture>(centre).px.y(), 120, 1e-3) << "the centre line needs no scale";
  EXPECT_FALSE(std::get<TargetInPicture>(centre).depthMm);
}

// Tied to tissue. The plan's place does not matter any more; where the tissue went does.
TEST(TargetLocator, OnTissueAPlaneTargetStaysOnItsPlane) {
  const Picture picture;
  const auto frame =
      planning::PictureFrame::find(picture.geometry, picture.analysis.region, ProbeSide::Top).value();
  tracking::AnchoredPoint anchor;
  anchor.px = {260, 130};  // the plane lies at y = 126 there
  anchor.sigmaPx = 2;
  anchor.sure = true;
  const planning::TargetAtPlane target{PlaneLabel::DeepAponeurosis, 4, 0};
  const TargetInPicture followed = followTarget(target, anchor, frame, picture.analysis);
  EXPECT_NEAR(followed.px.x(), 260, 1e-9);
  EXPECT_NEAR(followed.px.y(), 126, 1e-3);
  EXPECT_EQ(followed.sigmaPx, 2);
  EXPECT_TRUE(followed.sure);
  anchor.px = {260, 180};  // that plane is another one
  EXPECT_NEAR(followTarget(target, anchor, frame, picture.analysis).px.y(), 180, 1e-9);
  anchor.px = {310, 130};  // the plane is not seen there
  EXPECT_NEAR(followTarget(target, anchor, frame, picture.analysis).px.y(), 130, 1e-9);
  anchor.sure = false;
  EXPECT_FALSE(followTarget(planning::TargetAtDepth{{0, 20}}, anchor, frame, picture.analysis).sure);
}

TEST(TargetLocator, InsideTheRegionIsWhereTheProbeInsonifies) {
  imaging::ImagingRegion region;
  EXPECT_FALSE(insideRegion(region, {10, 10})) << "no image found";
  region.bounds = {20, 30, 100, 50};
  EXPECT_TRUE(insideRegion(region, {20, 30}));
  EXPECT_TRUE(insideRegion(region, {119.4, 79.4}));
  EXPECT_FALSE(insideRegion(region, {120, 50}));
  EXPECT_FALSE(insideRegion(region, {19.4, 50}));
  EXPECT_FALSE(insideRegion(region, {std::nan(""), 50}));
  region.mask = cv::Mat(50, 100, CV_8UC1, cv::Scalar(0));
  region.mask(cv::Rect(40, 10, 20, 20)).setTo(255);
  EXPECT_TRUE(insideRegion(region, {65, 45}));
  EXPECT_FALSE(insideRegion(region, {25, 35})) << "beside a curved probe's fan";
}

TEST(TargetLocator, AtAPixel) {
  Picture picture;
  picture.geometry.spacingMm.reset();
  const auto found = picture.locate(planning::TargetAtPixel{{33, 44}});
  EXPECT_EQ(std::get<TargetInPicture>(found).px, Vector2d(33, 44));
  EXPECT_EQ(std::get<TargetInPicture>(found).source, "pixel");
  EXPECT_FALSE(std::get<TargetInPicture>(found).depthMm);
}

}  // namespace
}  // namespace acuguide::guidance
