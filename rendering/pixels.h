#pragma once

#include <opencv2/core.hpp>

namespace acuguide::rendering {

/// What the scenes draw on: CV_8UC4, blue, green, red, and a fourth byte that means nothing (QImage's
/// Format_RGB32); row 0 is the top one.
using Pixels = cv::Mat;

/// One channel of a pixel under ink of `colour`, `alpha` 0 to 255.
inline unsigned char blended(int under, int colour, int alpha) {
  const int product = (colour - under) * alpha + 128;  // over 255, rounded, without dividing
  return static_cast<unsigned char>(under + ((product + (product >> 8)) >> 8));
}

}  // namespace acuguide::rendering
