#include "imaging/despeckle.h"

#include <opencv2/imgproc.hpp>

namespace acuguide::imaging {

void Despeckle::process(const cv::Mat& in, cv::Mat& out) {
  if (in.empty()) {
    out.release();
    return;
  }
  in.convertTo(value_, CV_32F);
  const cv::Size window(2 * options_.radiusPx + 1, 2 * options_.radiusPx + 1);
  cv::boxFilter(value_, mean_, CV_32F, window, {-1, -1}, true, cv::BORDER_REFLECT_101);
  cv::multiply(value_, value_, square_);
  cv::boxFilter(square_, meanSquare_, CV_32F, window, {-1, -1}, true, cv::BORDER_REFLECT_101);

  // Within each window the picture is fitted by gain * value + offset; gain goes to 0 where it hardly varies.
  gain_.create(in.size(), CV_32F);
  offset_.create(in.size(), CV_32F);
  const auto floor = static_cast<float>(options_.contrast * options_.contrast);
  for (int y = 0; y < in.rows; ++y) {
    const float* mean = mean_.ptr<float>(y);
    const float* meanSquare = meanSquare_.ptr<float>(y);
    float* gain = gain_.ptr<float>(y);
    float* offset = offset_.ptr<float>(y);
    for (int x = 0; x < in.cols; ++x) {
      const float variance = std::max(0.0F, meanSquare[x] - mean[x] * mean[x]);
      gain[x] = variance / (variance + floor);
      offset[x] = mean[x] * (1.0F - gain[x]);
    }
  }
  cv::boxFilter(gain_, mean_, CV_32F, window, {-1, -1}, true, cv::BORDER_REFLECT_101);
  cv::boxFilter(offset_, meanSquare_, CV_32F, window, {-1, -1}, true, cv::BORDER_REFLECT_101);
  out.create(in.size(), CV_32F);
  for (int y = 0; y < in.rows; ++y) {
    const float* value = value_.ptr<float>(y);
    const float* gain = mean_.ptr<float>(y);
    const float* offset = meanSquare_.ptr<float>(y);
    float* to = out.ptr<float>(y);
    for (int x = 0; x < in.cols; ++x) to[x] = gain[x] * value[x] + offset[x];
  }
}

}  // namespace acuguide::imaging
