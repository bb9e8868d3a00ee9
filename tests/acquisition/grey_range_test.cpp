#include "acquisition/grey_range.h"

#include "acquisition/test_frames.h"

namespace acuguide::acquisition {
namespace {

cv::Mat wide(const cv::Mat& eight, int factor, int type = CV_16U) {
  cv::Mat stored;
  eight.convertTo(stored, type, factor);
  return stored;
}

double worst(const cv::Mat& a, const cv::Mat& b) { return cv::norm(a, b, cv::NORM_INF); }

GreyRange rangeOf(const cv::Mat& stored) {
  GreyRange range;
  range.add(stored);
  return range;
}

TEST(GreyRange, DarkImagesLookAsIfStoredInEightBits) {
  const cv::Mat eight = noisePicture(1);
  for (const int factor : {1, 4, 16, 257}) {
    const cv::Mat stored = wide(eight, factor);
    EXPECT_LE(worst(rangeOf(stored).toEightBit(stored), eight), 1.0) << factor;
  }
  EXPECT_EQ(worst(rangeOf(wide(eight, 1)).toEightBit(wide(eight, 1)), eight), 0.0);
  EXPECT_EQ(worst(rangeOf(wide(eight, 257)).toEightBit(wide(eight, 257)), eight), 0.0);
  EXPECT_EQ(worst(rangeOf(wide(eight, 1, CV_16S)).toEightBit(wide(eight, 1, CV_16S)), eight), 0.0);
  EXPECT_EQ(rangeOf(wide(eight, 16)).words(), "12 of 16 bits");
  EXPECT_EQ(rangeOf(wide(eight, 257)).words(), "");
}

TEST(GreyRange, ADarkImageOfEightBitsStaysDark) {
  const cv::Mat dark(4, 4, CV_16UC1, cv::Scalar(3));
  EXPECT_EQ(rangeOf(dark).toEightBit(dark).at<std::uint8_t>(0, 0), 3);
}

TEST(GreyRange, AllImagesOfASequenceShareIt) {
  GreyRange range;
  EXPECT_TRUE(range.add(cv::Mat(2, 2, CV_16UC1, cv::Scalar(1000)))) << "10 bits";
  EXPECT_FALSE(range.add(cv::Mat(2, 2, CV_16UC1, cv::Scalar(600))));
  EXPECT_TRUE(range.add(cv::Mat(2, 2, CV_16UC1, cv::Scalar(3000)))) << "12 bits";
  EXPECT_DOUBLE_EQ(range.white(), 4095.0);
  EXPECT_FALSE(range.add(cv::Mat(2, 2, CV_8UC1, cv::Scalar(255)))) << "8 bits are none of its business";
}

TEST(GreyRange, SignedValuesKeepTheirWholeRange) {
  // Half of the range lies below zero: none of it may be lost.
  cv::Mat shifted;
  noisePicture(2).convertTo(shifted, CV_16S, 257, -32768);
  EXPECT_LE(worst(rangeOf(shifted).toEightBit(shifted), noisePicture(2)), 1.0);
  cv::Mat levels;
  noisePicture(2).convertTo(levels, CV_16S, 1, -128);
  EXPECT_LE(worst(rangeOf(levels).toEightBit(levels), noisePicture(2)), 1.0);
  // A filter that undershoots a little leaves black where it is.
  cv::Mat undershot = wide(noisePicture(3), 16, CV_16S);
  undershot.at<std::int16_t>(0, 0) = -100;
  const cv::Mat shown = rangeOf(undershot).toEightBit(undershot);
  EXPECT_EQ(shown.at<std::uint8_t>(0, 0), 0);
  EXPECT_NEAR(shown.at<std::uint8_t>(5, 5), noisePicture(3).at<std::uint8_t>(5, 5), 1);
}

}  // namespace
}  // namespace acuguide::acquisition
