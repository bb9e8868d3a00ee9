#pragma once

#include <opencv2/core.hpp>

namespace acuguide {

/// The picture as 8-bit grey: `pixels` itself when it is grey already, else its luminance in `buffer`
/// (re-used).
const cv::Mat& greyOf(const cv::Mat& pixels, cv::Mat& buffer);

}  // namespace acuguide
