#pragma once

#include <opencv2/core.hpp>

#include <cstdint>

namespace acuguide::recording::samples {

// Pictures that carry their number as black and white blocks in their first rows, so that the frame shown can
// be held against the frame asked for.

inline constexpr int numberBits = 20, numberBlockPx = 8;

/// Writes the number over the corner of `picture` (CV_8UC1, at least 160 x 8).
inline void drawNumber(cv::Mat& picture, std::int64_t number) {
  for (int bit = 0; bit < numberBits; ++bit)
    picture(cv::Rect(bit * numberBlockPx, 0, numberBlockPx, numberBlockPx))
        .setTo((number >> bit) & 1 ? 255 : 0);
}

inline std::int64_t numberIn(const cv::Mat& picture) {
  std::int64_t number = 0;
  for (int bit = 0; bit < numberBits; ++bit)
    if (picture.at<unsigned char>(numberBlockPx / 2, bit * numberBlockPx + numberBlockPx / 2) > 127)
      number |= std::int64_t{1} << bit;
  return number;
}

}  // namespace acuguide::recording::samples
