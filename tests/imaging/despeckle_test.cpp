#include "imaging/despeckle.h"

#include <gmock/gmock.h>

namespace acuguide::imaging {
namespace {

TEST(Despeckle, FlattensSpeckleAndKeepsBands) {
  cv::Mat picture(200, 200, CV_8U);
  cv::theRNG().state = 9;
  cv::randn(picture, 60, 10);
  cv::Mat band = picture.rowRange(90, 110);
  cv::randn(band, 180, 10);
  cv::Mat smooth;
  Despeckle().process(picture, smooth);
  ASSERT_EQ(smooth.type(), CV_32FC1);
  cv::Scalar mean, deviation;
  cv::meanStdDev(smooth(cv::Rect(20, 20, 160, 50)), mean, deviation);
  EXPECT_LT(deviation[0], 4);
  EXPECT_NEAR(mean[0], 60, 1.5);
  // The step stays within two rows.
  EXPECT_GT(cv::mean(smooth.row(91))[0], 165);
  EXPECT_LT(cv::mean(smooth.row(88))[0], 75);
}

TEST(Despeckle, EmptyStaysEmpty) {
  cv::Mat out(3, 3, CV_32F);
  Despeckle().process(cv::Mat(), out);
  EXPECT_TRUE(out.empty());
}

}  // namespace
}  // namespace acuguide::imaging
