#include "imaging/plane_picture.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace acuguide::imaging {

bool PlanePicture::prepare(const cv::Mat& grey, const ImagingRegion& region) {
  constexpr int least = 32;
  bounds_ = region.bounds & cv::Rect(0, 0, grey.cols, grey.rows);
  if (bounds_.width < least || bounds_.height < least) return false;
  flipped_ = region.probe == ProbeSide::Bottom;
  picture_ = grey(bounds_);
  if (flipped_) {
    cv::flip(picture_, flip_, 0);
    picture_ = flip_;
  }
  scale_ = std::max(1.0, static_cast<double>(picture_.cols) / workingColumns);
  const cv::Size size(static_cast<int>(std::lround(picture_.cols / scale_)),
                      static_cast<int>(std::lround(picture_.rows / scale_)));
  if (size.height < least / 2) return false;
  cv::resize(picture_, small_, size, 0, 0, cv::INTER_AREA);
  cv::transpose(small_, turned_);
  turned_.convertTo(transposed_, CV_32F);

  const int window = 2 * (size.width / 8) + 1;
  cv::boxFilter(transposed_, mean_, CV_32F, {window, window}, {-1, -1}, true, cv::BORDER_REFLECT_101);
  cv::multiply(transposed_, transposed_, square_);
  cv::boxFilter(square_, deviation_, CV_32F, {window, window}, {-1, -1}, true, cv::BORDER_REFLECT_101);
  levelled_.create(transposed_.size(), CV_32F);
  constexpr float leastVariance = 36,
                  brightest = 3;  // empty places stay empty, no single echo counts for many
  for (int x = 0; x < transposed_.rows; ++x) {
    const float* value = transposed_.ptr<float>(x);
    const float* mean = mean_.ptr<float>(x);
    const float* square = deviation_.ptr<float>(x);
    float* out = levelled_.ptr<float>(x);
    for (int y = 0; y < transposed_.cols; ++y) {
      const float variance = std::max(leastVariance, square[y] - mean[y] * mean[y]);
      out[y] = std::min(brightest, (value[y] - mean[y]) / std::sqrt(variance));
    }
  }
  return true;
}

PlaneVertex PlanePicture::toFrame(const PlaneVertex& v) const {
  const auto left = static_cast<float>(bounds_.x), top = static_cast<float>(bounds_.y);
  if (!flipped_) return {v.x + left, v.ridge + top, v.upper + top, v.lower + top};
  const auto bottom = static_cast<float>(bounds_.br().y - 1);
  return {v.x + left, bottom - v.ridge, bottom - v.lower, bottom - v.upper};
}

}  // namespace acuguide::imaging
