#include "planning/picture_frame.h"

#include <gtest/gtest.h>

#include <limits>

namespace acuguide::planning {
namespace {

using Eigen::Vector2d;
using imaging::ProbeSide;

imaging::ImagingRegion region() {
  imaging::ImagingRegion r;
  r.bounds = {100, 50, 401, 301};  // centre line at x = 300, rows 50 to 350
  return r;
}

const ImageGeometry unequal{Vector2d(0.1, 0.2)};

TEST(PictureFrame, ProbeAtTheTop) {
  const auto frame = PictureFrame::find(unequal, region(), ProbeSide::Top);
  ASSERT_TRUE(frame);
  EXPECT_TRUE(frame->toPx({5, 10}).isApprox(Vector2d(350, 100)));
  EXPECT_TRUE(frame->fromPx({350, 100}).isApprox(Vector2d(5, 10)));
}

TEST(PictureFrame, ProbeAtTheBottomReadsTheSamePlanUpwards) {
  const auto frame = PictureFrame::find(unequal, region(), ProbeSide::Bottom);
  ASSERT_TRUE(frame);
  EXPECT_TRUE(frame->toPx({5, 10}).isApprox(Vector2d(350, 300)));
  EXPECT_TRUE(frame->fromPx({350, 300}).isApprox(Vector2d(5, 10)));
}

TEST(PictureFrame, WithoutScaleItsUnitIsThePixel) {
  for (const ImageGeometry& geometry :
       {ImageGeometry{}, ImageGeometry{Vector2d(0, 0.1)}, ImageGeometry{Vector2d(-0.1, 0.1)},
        ImageGeometry{Vector2d(std::numeric_limits<double>::quiet_NaN(), 0.1)}}) {
    const auto frame = PictureFrame::find(geometry, region(), ProbeSide::Top);
    ASSERT_TRUE(frame);
    EXPECT_FALSE(frame->scaled());
    EXPECT_TRUE(frame->fromPx({350, 100}).isApprox(Vector2d(50, 50)));
    EXPECT_FALSE(frame->length({3, 4}).mm);
    EXPECT_DOUBLE_EQ(frame->length({3, 4}).px, 5);
  }
}

TEST(PictureFrame, LengthsInBothUnitsWherePixelsAreNotSquare) {
  const auto frame = PictureFrame::find(unequal, region(), ProbeSide::Bottom);
  const ImageLength length = frame->length({3, 4});  // 30 px by 20 px
  EXPECT_DOUBLE_EQ(length.mm.value(), 5);
  EXPECT_DOUBLE_EQ(length.px, std::hypot(30, 20));
  const ImageLength back = frame->along(-2, Vector2d::UnitY());
  EXPECT_DOUBLE_EQ(back.mm.value(), -2);
  EXPECT_DOUBLE_EQ(back.px, -10);
}

TEST(PictureFrame, ACurvedFaceStartsInsideTheBounds) {
  imaging::ImagingRegion curved = region();
  curved.mask = cv::Mat(curved.bounds.size(), CV_8UC1, cv::Scalar(255));
  curved.mask(cv::Rect(150, 0, 101, 20))
      .setTo(0);  // 20 rows above the middle of the face, 5 below the picture
  curved.mask(cv::Rect(150, 296, 101, 5)).setTo(0);
  EXPECT_TRUE(PictureFrame::find(unequal, curved, ProbeSide::Top)->toPx({0, 0}).isApprox(Vector2d(300, 70)));
  EXPECT_TRUE(
      PictureFrame::find(unequal, curved, ProbeSide::Bottom)->toPx({0, 0}).isApprox(Vector2d(300, 345)));
}

TEST(PictureFrame, NoPictureNoFrame) {
  EXPECT_FALSE(PictureFrame::find(unequal, imaging::ImagingRegion{}, ProbeSide::Top));
}

TEST(ProbeChoice, ThePersonsWordThenThePicturesThenTheCustomMarkedAsSuch) {
  EXPECT_EQ(chooseProbe(ProbeSide::Bottom, ProbeSide::Top).side, ProbeSide::Bottom);
  EXPECT_EQ(chooseProbe(ProbeSide::Unknown, ProbeSide::Bottom).side, ProbeSide::Bottom);
  EXPECT_FALSE(chooseProbe(ProbeSide::Unknown, ProbeSide::Bottom).assumed);
  EXPECT_EQ(chooseProbe(ProbeSide::Unknown, ProbeSide::Unknown).side, ProbeSide::Top);
  EXPECT_TRUE(chooseProbe(ProbeSide::Unknown, ProbeSide::Unknown).assumed);
}

}  // namespace
}  // namespace acuguide::planning
