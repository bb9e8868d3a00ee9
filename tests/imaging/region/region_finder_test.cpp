#include "imaging/region/region_finder.h"

#include <gmock/gmock.h>
#include <opencv2/imgproc.hpp>

#include <cmath>

namespace acuguide::imaging {
namespace {

void fillWithTissue(cv::Mat picture, int probeLine = 0) {
  cv::RNG random(11);
  random.fill(picture, cv::RNG::NORMAL, 80, 30);
  cv::GaussianBlur(picture, picture, {0, 0}, 1.5);
  for (int y = 0; y < picture.rows; ++y)
    picture.row(y).convertTo(picture.row(y), -1, 1.0 - 0.7 * y / picture.rows);
  picture.rowRange(probeLine, probeLine + 6).setTo(200);
  picture.rowRange(probeLine + 3, probeLine + 5).setTo(120);
}

/// A screen with header text, a ruler, a logo and a grey ramp around the picture.
cv::Mat screen(const cv::Rect& at, int background) {
  cv::Mat grey(600, 800, CV_8U, cv::Scalar(background));
  fillWithTissue(grey(at));
  const cv::Scalar ink(220);
  cv::putText(grey, "HOSPITAL  L12-5  2026-11-22 15:08  MI 0.8 TIs 0.1", {10, 22}, cv::FONT_HERSHEY_SIMPLEX,
              0.6, ink, 1);
  for (int i = 0; i < 6; ++i) {
    cv::putText(grey, "Gn 82", {720, 120 + 22 * i}, cv::FONT_HERSHEY_SIMPLEX, 0.5, ink, 1);
  }
  for (int y = at.y; y < at.br().y; y += 20) cv::line(grey, {at.br().x + 12, y}, {at.br().x + 20, y}, ink, 1);
  for (int y = 0; y < 150; ++y) grey.row(100 + y).colRange(15, 35).setTo(255 - y);
  cv::circle(grey, {60, 300}, 16, ink, 2);
  return grey;
}

void expectClose(const cv::Rect& found, const cv::Rect& truth, int tolerance = 3) {
  EXPECT_NEAR(found.x, truth.x, tolerance);
  EXPECT_NEAR(found.y, truth.y, tolerance);
  EXPECT_NEAR(found.br().x, truth.br().x, tolerance);
  EXPECT_NEAR(found.br().y, truth.br().y, tolerance);
}

TEST(RegionFinder, LeavesTheScreensFurnitureOut) {
  const cv::Rect at(120, 60, 560, 450);
  for (const int background : {0, 55}) {
    const ImagingRegion region = RegionFinder().process(screen(at, background), true);
    expectClose(region.bounds, at);
    EXPECT_TRUE(region.mask.empty());
    EXPECT_EQ(region.probe, ProbeSide::Top);
  }
}

TEST(RegionFinder, TakesAFullPictureWhole) {
  cv::Mat grey(440, 512, CV_8U);
  fillWithTissue(grey);
  expectClose(RegionFinder().process(grey, true).bounds, {0, 0, 512, 440});
}

TEST(RegionFinder, SeesThatTheProbeIsAtTheBottom) {
  cv::Mat grey = screen({120, 60, 560, 450}, 0);
  cv::flip(grey, grey, 0);
  EXPECT_EQ(RegionFinder().process(grey, true).probe, ProbeSide::Bottom);
}

TEST(RegionFinder, DoesNotGuessTheProbesSide) {
  cv::Mat grey(400, 500, CV_8U);
  cv::RNG(3).fill(grey, cv::RNG::NORMAL, 80, 30);  // alike from above and below
  EXPECT_EQ(RegionFinder().process(grey, true).probe, ProbeSide::Unknown);
}

/// Echoes that begin sharply on the probe's side and end in a tail, without face or layers.
TEST(RegionFinder, TellsTheProbesSideFromTheTailsOfEchoes) {
  cv::RNG random(3);
  cv::Mat grey(400, 500, CV_8U);
  random.fill(grey, cv::RNG::NORMAL, 60, 8);
  for (int i = 0; i < 400; ++i) {
    const int x = random.uniform(0, 470), y = random.uniform(0, 380);
    for (int k = 0; k < 18; ++k)
      grey(cv::Rect(x, y + k, 30, 1) & cv::Rect(0, 0, 500, 400)).setTo(200 - 8 * k);
  }
  EXPECT_EQ(RegionFinder().process(grey, true).probe, ProbeSide::Top);
  cv::flip(grey, grey, 0);
  EXPECT_EQ(RegionFinder().process(grey, true).probe, ProbeSide::Bottom);
}

TEST(RegionFinder, MasksASector) {
  cv::Mat tissue(600, 800, CV_8U);
  cv::RNG(5).fill(tissue, cv::RNG::NORMAL, 80, 30);
  cv::GaussianBlur(tissue, tissue, {0, 0}, 1.5);
  const cv::Point2d apex(400, -60);
  cv::Mat grey(600, 800, CV_8U, cv::Scalar(0));
  const auto inside = [&](double x, double y) {
    const double dx = x - apex.x, dy = y - apex.y, radius = std::hypot(dx, dy);
    return std::abs(std::atan2(dx, dy)) < 0.55 && radius > 120 && radius < 600;
  };
  for (int y = 0; y < 600; ++y) {
    for (int x = 0; x < 800; ++x) {
      if (inside(x, y)) grey.at<uchar>(y, x) = tissue.at<uchar>(y, x);
    }
  }
  for (const bool upsideDown : {false, true}) {
    cv::Mat shown = grey.clone();
    if (upsideDown) cv::flip(grey, shown, 0);
    const ImagingRegion region = RegionFinder().process(shown, true);
    ASSERT_FALSE(region.mask.empty());
    EXPECT_EQ(region.probe, upsideDown ? ProbeSide::Bottom : ProbeSide::Top);
    int right = 0, wrong = 0;
    for (int y = 0; y < 600; ++y) {
      for (int x = 0; x < 800; ++x) {
        const bool truth = inside(x, upsideDown ? 599 - y : y);
        const bool found =
            region.bounds.contains({x, y}) && region.mask.at<uchar>(y - region.bounds.y, x - region.bounds.x);
        (truth == found ? right : wrong) += truth || found;
      }
    }
    EXPECT_GT(right, 15 * wrong);
  }
}

TEST(RegionFinder, AbsurdPicturesGiveAnEmptyRegion) {
  RegionFinder finder;
  for (const cv::Size size : {cv::Size(1, 1), cv::Size(5, 900), cv::Size(900, 5), cv::Size(400, 400)}) {
    EXPECT_TRUE(finder.process(cv::Mat(size, CV_8U, cv::Scalar(0)), true).bounds.empty()) << size;
    EXPECT_TRUE(finder.process(cv::Mat(size, CV_8U, cv::Scalar(255))).bounds.empty()) << size;
  }
  EXPECT_TRUE(finder.process(cv::Mat()).bounds.empty());
}

TEST(RegionFinder, StaysTheSameOverAStreamAndThroughLostContact) {
  const cv::Rect at(120, 60, 560, 450);
  cv::Mat grey = screen(at, 0), lost = grey.clone();
  lost(cv::Rect(at.x, at.y + 60, at.width, at.height - 60)).setTo(0);
  RegionFinder finder;
  const cv::Rect first = finder.process(grey).bounds;
  for (int i = 0; i < 2 * RegionFinder::recheckEvery; ++i) EXPECT_EQ(finder.process(lost).bounds, first);
}

TEST(RegionFinder, FollowsAChangedLayout) {
  RegionFinder finder;
  finder.process(screen({120, 60, 560, 450}, 0));
  const cv::Rect now(200, 60, 400, 450);
  cv::Rect last;
  for (int i = 0; i <= RegionFinder::patience * RegionFinder::recheckEvery; ++i)
    last = finder.process(screen(now, 0)).bounds;
  expectClose(last, now);
}

}  // namespace
}  // namespace acuguide::imaging
