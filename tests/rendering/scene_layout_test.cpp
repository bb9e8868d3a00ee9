#include "rendering/palette.h"
#include "rendering/picture_layout.h"

#include <gtest/gtest.h>

namespace acuguide::rendering {
namespace {

TEST(PictureLayout, KeepsTheAspectAndStaysInsideTheMargin) {
  const PictureLayout layout = PictureLayout::fit({1280, 720}, {512, 512}, std::nullopt, 1, 10);
  const cv::Rect2d place = layout.pictureRectangle();
  EXPECT_DOUBLE_EQ(place.width, 700);
  EXPECT_DOUBLE_EQ(place.height, 700);
  EXPECT_DOUBLE_EQ(place.x, 290);
  EXPECT_DOUBLE_EQ(place.y, 10);
}

TEST(PictureLayout, UnequalSpacingIsDrawnAsItLiesInTheBody) {
  const PictureLayout layout = PictureLayout::fit({1000, 1000}, {400, 400}, Eigen::Vector2d(0.2, 0.1), 1, 0);
  EXPECT_DOUBLE_EQ(layout.scale.x(), 2 * layout.scale.y());
  EXPECT_DOUBLE_EQ(layout.pictureRectangle().width, 1000);
  EXPECT_DOUBLE_EQ(layout.pictureRectangle().height, 500);
}

TEST(PictureLayout, FirstPixelsCentreLiesHalfAPixelIn) {
  const PictureLayout layout = PictureLayout::enlarged({100, 50}, 4);
  EXPECT_TRUE(layout.toView({0, 0}).isApprox(Eigen::Vector2d(2, 2)));
  EXPECT_TRUE(layout.toView({99, 49}).isApprox(Eigen::Vector2d(398, 198)));
}

TEST(PictureLayout, ViewAndPictureAreInverse) {
  const PictureLayout layout =
      PictureLayout::fit({1283, 717}, {640, 480}, Eigen::Vector2d(0.13, 0.1), 1.5, 21);
  const Eigen::Vector2d px(123.25, 401.5);
  EXPECT_TRUE(layout.toPicture(layout.toView(px)).isApprox(px, 1e-9));
}

TEST(PictureLayout, APartOfThePictureFillsTheViewAndPixelsKeepTheirNumbers) {
  const cv::Rect part(400, 100, 800, 600);
  const PictureLayout layout = PictureLayout::fit({1000, 720}, {1600, 900}, std::nullopt, 1, 10, part);
  const cv::Rect2d place = layout.pictureRectangle();
  EXPECT_NEAR(place.width / place.height, 800.0 / 600, 0.01);
  EXPECT_DOUBLE_EQ(place.height, 700);
  EXPECT_TRUE(layout.toPicture({place.x, place.y}).isApprox(Eigen::Vector2d(399.5, 99.5), 1e-9));
  const cv::Rect2d outside =
      PictureLayout::fit({500, 500}, {100, 100}, std::nullopt, 1, 0, {200, 0, 50, 50}).pictureRectangle();
  EXPECT_EQ(outside.width, 500) << "a part that is not in the picture: all of it";
}

TEST(PictureLayout, LinesAndTypeGrowWithTheWindow) {
  PictureLayout layout;
  layout.scaleTo(1080, 1);
  EXPECT_NEAR(layout.lineUnit, 1, 1e-9);
  EXPECT_NEAR(layout.unit * palette::kPictureLabelPx, 27, 1e-9) << "2.5 % of the height";
  layout.scaleTo(2160, 2);
  EXPECT_NEAR(layout.lineUnit, 2, 1e-9);
  layout.scaleTo(300, 1);
  EXPECT_GE(layout.unit * palette::kPictureLabelPx, 12) << "and can be read in a small window";
}

TEST(PictureLayout, TinyViewsDoNotTurnInsideOut) {
  const PictureLayout layout = PictureLayout::fit({10, 10}, {640, 480}, std::nullopt, 1, 20);
  EXPECT_GT(layout.scale.minCoeff(), 0);
}

}  // namespace
}  // namespace acuguide::rendering
