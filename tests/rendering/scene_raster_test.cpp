#include "rendering/ink_raster.h"
#include "rendering/picture_layer.h"

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace acuguide::rendering {
namespace {

Pixels ground(cv::Size size) { return {size, CV_8UC4, cv::Scalar(100, 100, 100, 255)}; }

TEST(InkRaster, AreaCoversItsPixelsOnceAndNoOthers) {
  Ink ink;
  ink.rectangle({10, 20, 30, 40}, palette::kNeedle, 0.5);
  Pixels pixels = ground({64, 80});
  drawInk(ink, pixels);
  for (int y = 0; y < pixels.rows; ++y) {
    for (int x = 0; x < pixels.cols; ++x) {
      const bool inside = x >= 10 && x < 40 && y >= 20 && y < 60;
      // Half of white over 100; the diagonal between the two triangles is inked once, as all the rest.
      ASSERT_NEAR(pixels.at<cv::Vec4b>(y, x)[1], inside ? 178 : 100, 1) << x << ", " << y;
    }
  }
}

TEST(InkRaster, LineAtAnyAngleHasItsWidthAndNoHoles) {
  for (const double angle : {0.0, 0.3, 0.785, 1.2, 1.5707}) {
    Ink ink;
    const Eigen::Vector2d along(std::cos(angle), std::sin(angle)), middle(100.3, 100.7);
    ink.line(middle - along * 60, middle + along * 60, {.colour = palette::kNeedle, .width = 4});
    Pixels pixels = ground({200, 200});
    drawInk(ink, pixels);
    cv::Mat blue, inked;
    cv::extractChannel(pixels, blue, 0);
    blue.convertTo(inked, CV_32F, 1.0 / 155, -100.0 / 155);
    EXPECT_NEAR(cv::sum(inked)[0], 4 * 120, 15) << angle;
    for (double at = -57; at <= 57; at += 0.5) {
      const Eigen::Vector2d point = middle + along * at;
      const cv::Point px(static_cast<int>(point.x()), static_cast<int>(point.y()));
      ASSERT_GT(blue.at<std::uint8_t>(px), 230) << angle << " " << at;
    }
  }
}

TEST(InkRaster, ColoursComeInTheScreensOrder) {
  Ink ink;
  ink.rectangle({0, 0, 4, 4}, palette::kDanger);
  Pixels pixels = ground({4, 4});
  drawInk(ink, pixels);
  const cv::Vec4b bgr = pixels.at<cv::Vec4b>(1, 1);
  EXPECT_EQ(bgr[0], palette::kDanger.blue);
  EXPECT_EQ(bgr[1], palette::kDanger.green);
  EXPECT_EQ(bgr[2], palette::kDanger.red);
}

TEST(InkRaster, WhatLiesOutsideIsCutOff) {
  Ink ink;
  ink.line({-500, -300}, {700, 400}, {.colour = palette::kNeedle, .width = 6, .halo = 2});
  ink.circle({0, 0}, 2000, {.colour = palette::kNeedle, .width = 6});
  ink.rectangle({-10, -10, 1000, 5}, palette::kNeedle);
  Pixels pixels = ground({50, 40});
  drawInk(ink, pixels);
  EXPECT_GT(cv::countNonZero(pixels.reshape(1) != 100), 50 * 40) << "the line crosses the view";
}

TEST(PictureLayer, LiesInItsPlaceAndNowhereElse) {
  Frame frame;
  frame.pixels = cv::Mat(30, 40, CV_8UC1, cv::Scalar(200));
  const PictureLayout layout = PictureLayout::fit({120, 100}, {40, 30}, std::nullopt, 1, 5);
  Pixels pixels = ground({120, 100});
  PictureLayer().draw(frame, layout, pixels);
  const cv::Rect2d place = layout.pictureRectangle();
  EXPECT_EQ(pixels.at<cv::Vec4b>(cv::Point(place.tl()))[0], 200);
  EXPECT_EQ(pixels.at<cv::Vec4b>(cv::Point(place.br() - cv::Point2d(1, 1)))[2], 200);
  EXPECT_EQ(cv::countNonZero(pixels.reshape(1) == 200), static_cast<int>(place.area()) * 3);
}

TEST(PictureLayer, FinePatternsOfAReducedPictureBecomeTheirMean) {
  Frame frame;
  frame.pixels = cv::Mat(400, 400, CV_8UC1);
  for (int y = 0; y < 400; ++y) frame.pixels.row(y) = cv::Scalar(y % 2 == 0 ? 0 : 200);
  const PictureLayout layout = PictureLayout::fit({100, 100}, {400, 400}, std::nullopt, 1, 0);
  Pixels pixels = ground({100, 100});
  PictureLayer().draw(frame, layout, pixels);
  EXPECT_NEAR(pixels.at<cv::Vec4b>(50, 50)[0], 100, 2) << "no stripes that are not in the tissue";
}

}  // namespace
}  // namespace acuguide::rendering
