#pragma once

#include <opencv2/core.hpp>

namespace acuguide {

/// The picture as 8-bit grey: `pixels` itself when it is grey already, else its luminance in `buffer`
/// (re-used).
const cv::Mat& greyOf(const cv::Mat& pixels, cv::Mat& buffer);

/// Whether two images are the same, pixel for pixel; of another size or type they are not.
bool samePixels(const cv::Mat& a, const cv::Mat& b);

}  // namespace acuguide
