#pragma once

#include <opencv2/core.hpp>

namespace acuguide::ui {

/// What the scenes draw on: CV_8UC4, blue, green, red, and a fourth byte that means nothing (QImage's
/// Format_RGB32); row 0 is the top one.
using Pixels = cv::Mat;

/// One channel of a pixel under ink of `colour`, `alpha` 0 to 255.
inline unsigned char blended(unsigned char under, unsigned char colour, int alpha) {
  return static_cast<unsigned char>(under +
                                    ((colour - under) * alpha + (colour >= under ? 127 : -127)) / 255);
}

}  // namespace acuguide::ui
