#include "core/grey.h"

#include <opencv2/imgproc.hpp>

#include <cstring>

namespace acuguide {

const cv::Mat& greyOf(const cv::Mat& pixels, cv::Mat& buffer) {
  if (pixels.channels() == 1) return pixels;
  cv::cvtColor(pixels, buffer, cv::COLOR_BGR2GRAY);
  return buffer;
}

bool samePixels(const cv::Mat& a, const cv::Mat& b) {
  if (a.size() != b.size() || a.type() != b.type()) return false;
  const std::size_t rowBytes = static_cast<std::size_t>(a.cols) * a.elemSize();
  for (int y = 0; y < a.rows; ++y) {
    if (std::memcmp(a.ptr(y), b.ptr(y), rowBytes) != 0) return false;
  }
  return true;
}

}  // namespace acuguide
