#include "imaging/plane_bands.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace acuguide::imaging {
namespace {

/// Negated, scale-normalised second derivative of a Gaussian: answers 1 to a bright band of its own
/// thickness.
cv::Mat ridgeKernel(double sigma) {
  const int half = static_cast<int>(std::ceil(3.5 * sigma));
  cv::Mat kernel(1, 2 * half + 1, CV_32F);
  double sum = 0, inside = 0;
  for (int i = -half; i <= half; ++i) {
    const double u = i / sigma;
    const double k = (1 - u * u) * std::exp(-0.5 * u * u);
    kernel.at<float>(i + half) = static_cast<float>(k);
    sum += k;
  }
  for (int i = 0; i < kernel.cols; ++i) {
    float& k = kernel.at<float>(i);
    k -= static_cast<float>(sum / kernel.cols);  // blind to level
    if (k > 0) inside += k;
  }
  return kernel / inside;
}

}  // namespace

void PlaneBands::process(const cv::Mat& transposed) {
  response_.create(transposed.size(), CV_32F);
  slope_.create(transposed.size(), CV_32F);
  response_.setTo(0);
  slope_.setTo(0);
  if (transposed.empty()) return;
  for (const double sigma : options_.sigmas) {
    const cv::Mat kernel = ridgeKernel(sigma);
    cv::filter2D(transposed, ridge_, CV_32F, kernel, {-1, -1}, 0, cv::BORDER_REPLICATE);
    const int half = options_.slopes / 2;
    for (int i = -half; i <= half; ++i) averageAlong(ridge_, options_.steepest * i / std::max(1, half));
  }
}

void PlaneBands::averageAlong(const cv::Mat& ridge, double slope) {
  const int columns = ridge.rows, depths = ridge.cols;
  const int reach = static_cast<int>(std::ceil(std::abs(slope) * columns)) + 1;
  const int width = depths + 2 * reach;
  const int half = options_.length / 2;
  const auto shift = [&](int x) { return static_cast<int>(std::lround(slope * (x - columns / 2))); };

  sum_.create(1, width + 2, CV_32F);
  float* sum = sum_.ptr<float>();
  std::fill_n(sum, width, 0.0F);
  // The running sum lives in sheared depth: index = y - shift(x) + reach.
  const auto add = [&](int x, float sign) {
    const float* from = ridge.ptr<float>(x);
    float* to = sum + reach - shift(x);
    for (int y = 0; y < depths; ++y) to[y] += sign * from[y];
  };
  const int full = std::min(2 * half + 1, columns);
  for (int x = 0; x < std::min(half, columns); ++x) add(x, 1);
  for (int x = 0; x < columns; ++x) {
    if (x + half < columns) add(x + half, 1);
    if (x - half - 1 >= 0) add(x - half - 1, -1);
    const int n = std::min(x + half, columns - 1) - std::max(x - half, 0) + 1;
    // Short segments at the sides are averaged over what is there, a little discounted.
    const float weight = 1.0F / std::sqrt(static_cast<float>(n) * static_cast<float>(full));
    const float* from = sum + reach - shift(x);
    float* response = response_.ptr<float>(x);
    float* slopes = slope_.ptr<float>(x);
    const auto t = static_cast<float>(slope);
    for (int y = 0; y < depths; ++y) {
      const float value = from[y] * weight;
      const bool better = value > response[y];
      response[y] = better ? value : response[y];
      slopes[y] = better ? t : slopes[y];
    }
  }
}

}  // namespace acuguide::imaging
