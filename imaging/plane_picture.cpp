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
  // Halving first is the quick way to average; what is left is less than a further halving.
  const cv::Mat* source = &picture_;
  if (scale_ >= 2) {
    cv::resize(picture_, half_, {(picture_.cols + 1) / 2, (picture_.rows + 1) / 2}, 0, 0, cv::INTER_AREA);
    source = &half_;
  }
  cv::resize(*source, small_, size, 0, 0,
             scale_ >= 4 || (scale_ > 1.3 && scale_ < 2) ? cv::INTER_AREA : cv::INTER_LINEAR);
  cv::transpose(small_, turned_);
  turned_.convertTo(transposed_, CV_32F);

  findLastDepths(region.mask);

  const int window = 2 * (size.width / 8) + 1;
  cv::boxFilter(transposed_, mean_, CV_32F, {window, window}, {-1, -1}, true, cv::BORDER_REFLECT_101);
  cv::multiply(transposed_, transposed_, square_);
  cv::boxFilter(square_, deviation_, CV_32F, {window, window}, {-1, -1}, true, cv::BORDER_REFLECT_101);
  cv::multiply(mean_, mean_, square_);
  cv::subtract(deviation_, square_, deviation_);
  constexpr double leastVariance = 36,
                   brightest = 3;  // empty places stay empty, no single echo counts for many
  cv::max(deviation_, leastVariance, deviation_);
  cv::sqrt(deviation_, deviation_);
  cv::subtract(transposed_, mean_, levelled_);
  cv::divide(levelled_, deviation_, levelled_);
  cv::min(levelled_, brightest, levelled_);
  return true;
}

void PlanePicture::findLastDepths(const cv::Mat& mask) {
  lastDepth_.assign(static_cast<size_t>(columns()), depths() - 1);
  if (mask.size() != bounds_.size()) return;
  for (int x = 0; x < columns(); ++x) {
    const int column = std::clamp(static_cast<int>(std::lround(toFull(x))), 0, mask.cols - 1);
    int y = mask.rows - 1;  // from the probe's side
    while (y > 0 && !mask.at<uchar>(flipped_ ? mask.rows - 1 - y : y, column)) --y;
    lastDepth_[static_cast<size_t>(x)] = std::clamp(static_cast<int>(toWorking(y)), 0, depths() - 1);
  }
}

PlaneVertex PlanePicture::toFrame(const PlaneVertex& v) const {
  const auto left = static_cast<float>(bounds_.x), top = static_cast<float>(bounds_.y);
  if (!flipped_) return {v.x + left, v.ridge + top, v.upper + top, v.lower + top};
  const auto bottom = static_cast<float>(bounds_.br().y - 1);
  return {v.x + left, bottom - v.ridge, bottom - v.lower, bottom - v.upper};
}

}  // namespace acuguide::imaging
