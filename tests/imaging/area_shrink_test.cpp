#include "imaging/area_shrink.h"

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace acuguide::imaging {
namespace {

cv::Mat noise(cv::Size size) {
  cv::Mat picture(size, CV_8UC1);
  cv::RNG random(7);
  random.fill(picture, cv::RNG::UNIFORM, 0, 256);
  return picture;
}

TEST(AreaShrink, DoesWhatOpenCvDoes) {
  AreaShrink shrink;
  cv::Mat ours, theirs;
  for (const auto& [from, to] :
       {std::pair(cv::Size(545, 440), cv::Size(319, 258)), std::pair(cv::Size(545, 440), cv::Size(64, 240)),
        std::pair(cv::Size(640, 480), cv::Size(320, 240)), std::pair(cv::Size(301, 200), cv::Size(300, 199)),
        std::pair(cv::Size(64, 48), cv::Size(64, 48)), std::pair(cv::Size(100, 90), cv::Size(1, 1))}) {
    const cv::Mat picture = noise(from);
    shrink.process(picture, to, ours);
    cv::resize(picture, theirs, to, 0, 0, cv::INTER_AREA);
    ASSERT_EQ(ours.size(), to);
    // Half a grey level may be rounded either way.
    EXPECT_LE(cv::norm(ours, theirs, cv::NORM_INF), 1) << from << " to " << to;
    EXPECT_LT(cv::norm(ours, theirs, cv::NORM_L1), 0.26 * static_cast<double>(to.area()) + 1);
  }
}

TEST(AreaShrink, KeepsAnEvenPictureEven) {
  AreaShrink shrink;
  cv::Mat out;
  shrink.process(cv::Mat(333, 517, CV_8UC1, cv::Scalar(201)), {97, 111}, out);
  double low = 0, high = 0;
  cv::minMaxLoc(out, &low, &high);
  EXPECT_EQ(low, 201);
  EXPECT_EQ(high, 201);
}

}  // namespace
}  // namespace acuguide::imaging
