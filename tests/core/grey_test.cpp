#include "core/grey.h"

#include <gtest/gtest.h>

namespace acuguide {
namespace {

TEST(Grey, GivesAGreyPictureBackWithoutCopying) {
  const cv::Mat grey(3, 4, CV_8UC1, cv::Scalar(77));
  cv::Mat buffer;
  const cv::Mat& result = greyOf(grey, buffer);
  EXPECT_EQ(&result, &grey);
  EXPECT_TRUE(buffer.empty());
}

TEST(Grey, WeighsBlueGreenAndRedAsLuminance) {
  cv::Mat colour(1, 3, CV_8UC3);
  colour.at<cv::Vec3b>(0, 0) = {255, 0, 0};
  colour.at<cv::Vec3b>(0, 1) = {0, 255, 0};
  colour.at<cv::Vec3b>(0, 2) = {0, 0, 255};
  cv::Mat buffer;
  const cv::Mat& grey = greyOf(colour, buffer);
  ASSERT_EQ(grey.type(), CV_8UC1);
  // ITU-R BT.601: 0.114 blue, 0.587 green, 0.299 red.
  EXPECT_NEAR(grey.at<unsigned char>(0, 0), 29, 1);
  EXPECT_NEAR(grey.at<unsigned char>(0, 1), 150, 1);
  EXPECT_NEAR(grey.at<unsigned char>(0, 2), 76, 1);
}

TEST(Grey, UsesItsBufferAgain) {
  const cv::Mat colour(5, 6, CV_8UC3, cv::Scalar(10, 20, 30));
  cv::Mat buffer;
  const unsigned char* first = greyOf(colour, buffer).data;
  EXPECT_EQ(greyOf(colour, buffer).data, first);
}

}  // namespace
}  // namespace acuguide
