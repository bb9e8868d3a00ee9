#include "calibration/scale/pixel_scale.h"

#include <gmock/gmock.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace acuguide::calibration {
namespace {

using testing::Contains;
using testing::HasSubstr;

const std::filesystem::path planes = std::filesystem::path(ACUGUIDE_SOURCE_DIR) / "../shared/data/planes";

/// A screen with a speckled picture at (150, 50), 500 x 440, and nothing else.
cv::Mat screen() {
  cv::Mat grey(560, 800, CV_8UC1, cv::Scalar(0));
  cv::Mat picture(440, 500, CV_8UC1);
  cv::theRNG().state = 7;
  cv::randu(picture, 20, 160);
  cv::GaussianBlur(picture, picture, {0, 0}, 1.2);
  picture.copyTo(grey(cv::Rect(150, 50, 500, 440)));
  return grey;
}

struct Ruler {
  double pxPerTick = 110.0;
  int ticks = 5;
  int step = 1;   ///< a tick, in the numbers' unit
  int every = 1;  ///< tick with a number
  bool numbers = true;
};

void draw(cv::Mat& grey, const Ruler& ruler) {
  for (int i = 0; i < ruler.ticks; ++i) {
    const int y = cvRound(50 + i * ruler.pxPerTick);
    cv::line(grey, {700, y}, {712, y}, cv::Scalar(200), 2);
    if (ruler.numbers && i > 0 && i % ruler.every == 0 && (i < 10 || ruler.every == 1 || ruler.step > 1))
      cv::putText(grey, std::to_string(i * ruler.step), {722, y + 8}, cv::FONT_HERSHEY_SIMPLEX, 0.7,
                  cv::Scalar(220), 2, cv::LINE_AA);
  }
}

TEST(PixelScale, ReadsARulerInCentimetres) {
  cv::Mat grey = screen();
  draw(grey, {});
  const ScaleSummary summary = scaleFromRuler(grey);
  ASSERT_TRUE(summary.usable) << testing::PrintToString(summary.reasons);
  EXPECT_NEAR(1.0 / (*summary.spacingMm)[1], 11.0, 0.05);
}

TEST(PixelScale, ReadsARulerInMillimetres) {
  cv::Mat grey = screen();
  draw(grey, {73.0, 7, 10, 2, true});
  const ScaleSummary summary = scaleFromRuler(grey);
  ASSERT_TRUE(summary.usable) << testing::PrintToString(summary.reasons);
  EXPECT_NEAR(1.0 / (*summary.spacingMm)[1], 7.3, 0.05);
}

TEST(PixelScale, RefusesARulerWithoutNumbers) {
  cv::Mat grey = screen();
  Ruler ruler;
  ruler.numbers = false;
  draw(grey, ruler);
  const ScaleSummary summary = scaleFromRuler(grey);
  EXPECT_FALSE(summary.usable);
  EXPECT_FALSE(summary.spacingMm);
  EXPECT_THAT(summary.reasons, Contains(HasSubstr("no numbers")));
}

TEST(PixelScale, RefusesNumbersThatCouldBeEitherUnit) {
  cv::Mat grey = screen();
  draw(grey, {22.0, 21, 1, 2, true});  // 20 deep: 20 cm of a deep probe, or 20 mm of a fine one
  const ScaleSummary summary = scaleFromRuler(grey);
  EXPECT_FALSE(summary.usable);
  EXPECT_THAT(summary.reasons, Contains(HasSubstr("centimetres or millimetres")));
}

TEST(PixelScale, RefusesAPictureWithoutARuler) {
  const ScaleSummary summary = scaleFromRuler(screen());
  EXPECT_FALSE(summary.usable);
  EXPECT_THAT(summary.reasons, Contains(HasSubstr("no ruler")));
  EXPECT_FALSE(scaleFromRuler(cv::Mat::zeros(300, 400, CV_8UC1)).usable);
}

TEST(PixelScale, UnevenTicksAreNoRuler) {
  cv::Mat grey = screen();
  for (const int y : {50, 150, 262, 371, 490}) cv::line(grey, {700, y}, {712, y}, cv::Scalar(200), 2);
  EXPECT_FALSE(scaleFromRuler(grey).usable);
}

TEST(PixelScale, WhatAFileStatesIsTakenWhereItIsPossible) {
  const auto stated = scaleFromFile({0.2, 0.3}, {640, 480});
  EXPECT_TRUE(stated.usable);
  EXPECT_EQ(stated.spacingMm.value(), Eigen::Vector2d(0.2, 0.3));
  for (const Eigen::Vector2d& wrong : {Eigen::Vector2d(2.0, 2.0), {0.0, 0.1}, {-0.1, 0.1}, {0.1, 0.001}})
    EXPECT_FALSE(scaleFromFile(wrong, {640, 480}).usable) << wrong.transpose();
}

TEST(PixelScale, ClicksAndDepth) {
  const ScaleSummary clicks = scaleFromClicks({100, 100}, {100, 400}, 30.0, {640, 480});
  EXPECT_TRUE(clicks.usable);
  EXPECT_NEAR((*clicks.spacingMm)[0], 0.1, 1e-9);
  EXPECT_FALSE(scaleFromClicks({100, 100}, {104, 103}, 1.0, {640, 480}).usable);
  EXPECT_FALSE(scaleFromClicks({100, 100}, {100, 400}, 0.03, {640, 480}).usable)
      << "metres given for millimetres";
  EXPECT_FALSE(scaleFromClicks({100, 100}, {100, 100}, 10.0, {640, 480}).usable);
  const ScaleSummary depth = scaleFromDepth(screen(), 44.0);
  ASSERT_TRUE(depth.usable);
  EXPECT_NEAR(1.0 / (*depth.spacingMm)[1], 10.0, 0.1);
}

struct Screen {
  std::string image;
  int dataset = 0;
  double pxPerMm = 0.0;
};

std::vector<Screen> screens() {
  std::vector<Screen> all;
  std::ifstream file(planes / "images.csv");
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::vector<std::string> cells;
    std::stringstream row(line);
    for (std::string cell; std::getline(row, cell, ',');) cells.push_back(cell);
    all.push_back({cells[2], std::stoi(cells[0]), std::stod(cells[12])});
  }
  return all;
}

TEST(PixelScale, RealScreens) {
  if (!std::filesystem::exists(planes)) GTEST_SKIP() << "no pictures in " << planes;
  int withRuler = 0, read = 0, number = 0;
  for (const Screen& one : screens()) {
    if (++number % (one.dataset == 1 ? 10 : 2) != 0) continue;  // of one device all are alike
    const ScaleSummary summary =
        scaleFromRuler(cv::imread((planes / one.image).string(), cv::IMREAD_GRAYSCALE));
    if (one.dataset == 1) {
      EXPECT_FALSE(summary.usable) << one.image << " shows no ruler";
      continue;
    }
    ++withRuler;
    if (!summary.usable) {
      std::cout << one.image << ": " << testing::PrintToString(summary.reasons) << "\n";
      continue;
    }
    ++read;
    EXPECT_NEAR(1.0 / (*summary.spacingMm)[1] / one.pxPerMm, 1.0, 0.005) << one.image;
    EXPECT_NEAR(1.0 / (*summary.spacingMm)[0] / one.pxPerMm, 1.0, 0.005) << one.image;
  }
  EXPECT_GE(withRuler, 12);
  EXPECT_EQ(read, withRuler);
}

}  // namespace
}  // namespace acuguide::calibration
