// The peers must do what they are compared for, or the comparison is worth nothing.

#include "benchmarks/peers.h"

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace acuguide::benchmarks {
namespace {

/// A bright line at 20 degrees in even grey.
cv::Mat lineOnGrey() {
  cv::Mat picture(200, 300, CV_8UC1, cv::Scalar(40));
  cv::line(picture, {40, 60}, {240, 133}, cv::Scalar(220), 3, cv::LINE_AA);
  return picture;
}

TEST(Peers, ObjectnessStandsOutOnALine) {
  const cv::Mat objectness = itkObjectness(lineOnGrey());
  ASSERT_EQ(objectness.size(), cv::Size(300, 200));
  EXPECT_GT(objectness.at<float>(97, 140), 10 * std::max(0.1F, objectness.at<float>(160, 60)));
}

TEST(Peers, DiffusionSmoothsNoiseAndKeepsTheLine) {
  cv::Mat picture = lineOnGrey();
  cv::Mat noise(picture.size(), CV_8SC1);
  cv::RNG random(7);
  random.fill(noise, cv::RNG::NORMAL, 0, 5);
  cv::add(picture, noise, picture, cv::noArray(), CV_8U);
  const cv::Mat smooth = itkCurvatureDiffusion(picture);
  const cv::Rect flat(20, 150, 100, 40);
  cv::Scalar mean, before, after;
  cv::meanStdDev(picture(flat), mean, before);
  cv::meanStdDev(smooth(flat), mean, after);
  EXPECT_LT(after[0], 0.7 * before[0]);
  EXPECT_GT(smooth.at<float>(97, 140), 120);
}

TEST(Peers, CannyAndHoughFindACleanLine) {
  const auto line = cannyHoughLine(lineOnGrey());
  ASSERT_TRUE(line);
  const cv::Point step = line->end - line->begin;
  EXPECT_NEAR(std::atan2(std::abs(step.y), std::abs(step.x)) * 180 / CV_PI, 20, 2);
  EXPECT_FALSE(cannyHoughLine(cv::Mat(200, 300, CV_8UC1, cv::Scalar(40))));
}

}  // namespace
}  // namespace acuguide::benchmarks
