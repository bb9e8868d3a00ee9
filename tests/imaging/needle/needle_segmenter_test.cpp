#include "imaging/needle/needle_segmenter.h"

#include "imaging/needle/needle_pictures.h"

#include <gtest/gtest.h>

namespace acuguide::imaging {
namespace {

TEST(NeedleSegmenter, CellsAndPixelsAreEachOthersInverse) {
  NeedleSegmenter segmenter;
  const cv::Mat grey = testing::specklePicture({700, 500}, 3);
  segmenter.process(grey, {40, 20, 600, 420}, 0);
  for (const Eigen::Vector2d& px :
       {Eigen::Vector2d(40, 20), Eigen::Vector2d(639, 439), Eigen::Vector2d(333.3, 77.7)})
    EXPECT_LT((segmenter.toPicture(segmenter.toCells(px)) - px).norm(), 1e-9);
  // The middle of the region is the middle of the cells.
  EXPECT_LT((segmenter.toCells({339.5, 229.5}) - Eigen::Vector2d(31.5, 31.5)).norm(), 1e-9);
}

TEST(NeedleSegmenter, SeesADrawnShaftWhereItLies) {
  cv::Mat grey = testing::specklePicture({640, 480}, 7);
  const cv::Point2d tail(330, 40), tip(318, 330);
  testing::drawShaft(grey, tip, tail, 240, 3.0);
  NeedleSegmenter segmenter;
  segmenter.process(grey, {0, 0, 640, 480}, 0);
  const auto& lines = segmenter.lines(1);
  ASSERT_FALSE(lines.empty());
  const Eigen::Vector2d a = segmenter.toPicture(lines.front().begin),
                        b = segmenter.toPicture(lines.front().end);
  const Eigen::Vector2d axis = Eigen::Vector2d(tip.x - tail.x, tip.y - tail.y).normalized();
  for (const Eigen::Vector2d& end : {a, b}) {
    const Eigen::Vector2d from = end - Eigen::Vector2d(tail.x, tail.y);
    EXPECT_LT(std::abs(from.x() * axis.y() - from.y() * axis.x()), 10);
  }
}

TEST(NeedleSegmenter, AnotherRegionOrAResetForgetsThePicturesBefore) {
  const cv::Mat one = testing::specklePicture({640, 480}, 1), other = testing::specklePicture({640, 480}, 2);
  const auto scoreOf = [&](NeedleSegmenter& segmenter, double time) {
    segmenter.process(other, {0, 0, 640, 480}, time);
    const auto& lines = segmenter.lines(1);
    return lines.empty() ? 0.0 : lines.front().score;
  };
  NeedleSegmenter fresh, reset, moved, old;
  const double alone = scoreOf(fresh, 0.1);
  reset.process(one, {0, 0, 640, 480}, 0);
  reset.reset();
  EXPECT_EQ(scoreOf(reset, 0.1), alone);
  moved.process(one, {0, 0, 600, 480}, 0);
  EXPECT_EQ(scoreOf(moved, 0.1), alone);
  old.process(one, {0, 0, 640, 480}, 0);
  EXPECT_EQ(scoreOf(old, 5.0), alone) << "a picture of long ago says nothing of motion";
}

TEST(NeedleSegmenter, AnAnswerHoldsForAMomentAndNotForMore) {
  cv::Mat with = testing::specklePicture({640, 480}, 7);
  testing::drawShaft(with, {400, 330}, {60, 120}, 240, 3.0);
  const cv::Mat without = testing::specklePicture({640, 480}, 7);
  const cv::Rect bounds(0, 0, 640, 480);
  NeedleSegmenter segmenter;
  const auto seen = [&] { return !segmenter.lines(1).empty() && segmenter.lines(1).front().score > 2; };
  segmenter.process(with, bounds, 0);
  EXPECT_TRUE(seen());
  segmenter.process(without, bounds, 0.033);
  EXPECT_TRUE(seen());
  segmenter.process(without, bounds, 0.067);
  EXPECT_FALSE(seen());
  segmenter.process(with, bounds, 0.1);
  EXPECT_FALSE(seen());
  segmenter.reset();
  segmenter.process(with, bounds, 0.1);
  EXPECT_TRUE(seen()) << "a reset forgets what holds";
  segmenter.process(without, bounds, 0.05);
  EXPECT_FALSE(seen()) << "time went back";
}

TEST(NeedleSegmenter, TakesRegionsOfAnySize) {
  NeedleSegmenter segmenter;
  for (const cv::Size size : {cv::Size(48, 48), cv::Size(1900, 60), cv::Size(60, 1000), cv::Size(256, 256)}) {
    const cv::Mat grey = testing::specklePicture(size, 5);
    EXPECT_NO_THROW(segmenter.process(grey, cv::Rect({0, 0}, size), 0)) << size;
    segmenter.lines(3);
  }
}

}  // namespace
}  // namespace acuguide::imaging
