#include "imaging/planes/plane_picture.h"

#include "imaging/vector_clones.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace acuguide::imaging {
namespace {

ACUGUIDE_VECTOR_CLONES void addColumn(const uchar* column, int depths, int sign, int* sums, int* squares) {
  for (int y = 0; y < depths; ++y) {
    const int value = column[y];
    sums[y] += sign * value;
    squares[y] += sign * value * value;
  }
}

/// Less the mean, by the deviation, of a window whose sums are the differences of what was summed up so far
/// (which may run over; differences are right all the same).
ACUGUIDE_VECTOR_CLONES void levelColumn(const float* column, const unsigned* sums, const unsigned* squares,
                                        int window, int depths, float* out) {
  constexpr float leastVariance = 36,
                  brightest = 3;  // empty places stay empty, no single echo counts for many
  const double share = 1.0 / (static_cast<double>(window) * window);
  for (int y = 0; y < depths; ++y) {
    const auto mean = static_cast<float>(share * static_cast<int>(sums[y + window] - sums[y]));
    const auto square = static_cast<float>(share * static_cast<int>(squares[y + window] - squares[y]));
    const float deviation = std::sqrt(std::max(square - mean * mean, leastVariance));
    out[y] = std::min((column[y] - mean) / deviation, brightest);
  }
}

}  // namespace

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
  shrink_.process(picture_, size, small_);
  cv::transpose(small_, turned_);
  turned_.convertTo(transposed_, CV_32F);

  findLastDepths(region.mask);

  level();
  return true;
}

/// levelled_: sums over windows of whole grey levels, so that they are exact.
void PlanePicture::level() {
  const int depths = this->depths(), columns = this->columns(), half = columns / 8, window = 2 * half + 1;
  const auto column = [&](int x) {
    return turned_.ptr<uchar>(cv::borderInterpolate(x, columns, cv::BORDER_REFLECT_101));
  };
  levelled_.create(columns, depths, CV_32F);
  sums_.assign(static_cast<size_t>(depths), 0);
  squares_.assign(static_cast<size_t>(depths), 0);
  sumsSoFar_.assign(static_cast<size_t>(depths + window), 0);
  squaresSoFar_.assign(static_cast<size_t>(depths + window), 0);
  for (int x = -half; x < half; ++x) addColumn(column(x), depths, 1, sums_.data(), squares_.data());
  for (int x = 0; x < columns; ++x) {
    addColumn(column(x + half), depths, 1, sums_.data(), squares_.data());
    unsigned sum = 0, square = 0;
    const auto add = [&](int from, int y) {
      sum += static_cast<unsigned>(sums_[static_cast<size_t>(y)]);
      square += static_cast<unsigned>(squares_[static_cast<size_t>(y)]);
      sumsSoFar_[static_cast<size_t>(from + half + 1)] = sum;
      squaresSoFar_[static_cast<size_t>(from + half + 1)] = square;
    };
    const auto mirrored = [&](int y) { return cv::borderInterpolate(y, depths, cv::BORDER_REFLECT_101); };
    for (int y = -half; y < 0; ++y) add(y, mirrored(y));
    for (int y = 0; y < depths; ++y) add(y, y);
    for (int y = depths; y < depths + half; ++y) add(y, mirrored(y));
    levelColumn(transposed_.ptr<float>(x), sumsSoFar_.data(), squaresSoFar_.data(), window, depths,
                levelled_.ptr<float>(x));
    addColumn(column(x - half), depths, -1, sums_.data(), squares_.data());
  }
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
