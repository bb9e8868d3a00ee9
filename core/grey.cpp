#include "core/grey.h"

#include <opencv2/imgproc.hpp>

namespace acuguide {

const cv::Mat& greyOf(const cv::Mat& pixels, cv::Mat& buffer) {
  if (pixels.channels() == 1) return pixels;
  cv::cvtColor(pixels, buffer, cv::COLOR_BGR2GRAY);
  return buffer;
}

}  // namespace acuguide
