#include "imaging/plane_curves.h"

#include <opencv2/core.hpp>

#include <algorithm>
#include <cmath>

namespace acuguide::imaging {

const std::vector<PlaneCurve>& PlaneCurves::process(const PlaneBands& bands, const cv::Mat& transposed) {
  curves_.clear();
  const cv::Mat& first = bands.response(0);
  if (first.rows < 16 || first.cols < 16) return curves_;
  best_.assign(static_cast<size_t>(first.cols), {});
  chooseColumns(transposed);
  for (int s = 0; s < bands.scales(); ++s) sweep(bands.response(s), s, bands.sigma(s));

  const int n = static_cast<int>(best_.size()), apart = static_cast<int>(options_.apart);
  for (int y = 0; y < n; ++y) {
    const PlaneCurve& here = best_[static_cast<size_t>(y)];
    bool highest = here.support >= options_.weakest;
    for (int d = -apart; d <= apart && highest; ++d) {
      if (y + d < 0 || y + d >= n || d == 0) continue;
      const float other = best_[static_cast<size_t>(y + d)].support;
      highest = d < 0 ? here.support >= other : here.support > other;
    }
    if (highest) curves_.push_back(here);
  }
  if (static_cast<int>(curves_.size()) > options_.most) {
    std::nth_element(curves_.begin(), curves_.begin() + options_.most, curves_.end(),
                     [](const PlaneCurve& a, const PlaneCurve& b) { return a.support > b.support; });
    curves_.resize(static_cast<size_t>(options_.most));
    std::sort(curves_.begin(), curves_.end(),
              [](const auto& a, const auto& b) { return a.middle < b.middle; });
  }
  measureSteps(bands, transposed);
  return curves_;
}

/// Every so many columns, but for those where the probe has no contact and nothing can be seen.
void PlaneCurves::chooseColumns(const cv::Mat& transposed) {
  constexpr double dark = 0.25, leastShare = 0.5;  // of the usual brightness; of the columns
  cv::reduce(transposed, brightness_, 1, cv::REDUCE_AVG);
  const auto level = [&](int x) { return brightness_.at<float>(x); };
  std::vector<float>& sorted = sum_;
  sorted.assign(brightness_.begin<float>(), brightness_.end<float>());
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
  std::nth_element(sorted.begin(), middle, sorted.end());
  const double least = dark * *middle;
  const int samples = (transposed.rows + options_.sampleEvery - 1) / options_.sampleEvery;
  sampled_.clear();
  for (int i = 0; i < samples; ++i)
    if (level(i * options_.sampleEvery) >= least) sampled_.push_back(i * options_.sampleEvery);
  if (static_cast<double>(sampled_.size()) >= leastShare * samples) return;
  sampled_.clear();
  for (int i = 0; i < samples; ++i) sampled_.push_back(i * options_.sampleEvery);
}

void PlaneCurves::measureSteps(const PlaneBands& bands, const cv::Mat& transposed) {
  const auto brightness = static_cast<float>(std::max(1.0, cv::mean(transposed)[0]));
  for (PlaneCurve& curve : curves_) {
    const double sigma = bands.sigma(curve.scale);
    const auto meanOf = [&](const float* column, double from, double to) {
      const int a = std::clamp(static_cast<int>(std::lround(from)), 0, transposed.cols - 1);
      const int b = std::clamp(static_cast<int>(std::lround(to)), a, transposed.cols - 1);
      float sum = 0;
      for (int y = a; y <= b; ++y) sum += column[y];
      return sum / static_cast<float>(b - a + 1);
    };
    float step = 0;
    int n = 0;
    for (int x = 0; x < transposed.rows; x += 2, ++n) {
      const double middle = curve.at(static_cast<float>(2.0 * x / (transposed.rows - 1) - 1));
      const float* column = transposed.ptr<float>(x);
      step += meanOf(column, middle - sigma, middle + sigma) -
              meanOf(column, middle + 2 * sigma + 1, middle + 4 * sigma + 1);
    }
    curve.stepDown = step / (static_cast<float>(n) * brightness);
  }
}

void PlaneCurves::sweep(const cv::Mat& response, int scale, double sigma) {
  const int columns = response.rows, depths = response.cols;
  const double halfWidth = 0.5 * (columns - 1);
  const double mostTilt = options_.steepest * halfWidth, mostSag = options_.mostSag * halfWidth;
  const double step = std::max(1.5, 1.2 * sigma);
  const int tilts = static_cast<int>(mostTilt / step), sags = static_cast<int>(mostSag / step);
  const int pad = static_cast<int>(std::ceil(mostTilt + mostSag)) + 1;
  const int samples = static_cast<int>(sampled_.size());

  // Sampled columns, framed with the worst answer so that a curve cannot profit from leaving the picture.
  padded_.create(samples, depths + 2 * pad, CV_32F);
  padded_.setTo(-0.3F);
  for (int i = 0; i < samples; ++i) {
    std::copy_n(response.ptr<float>(sampled_[static_cast<size_t>(i)]), depths, padded_.ptr<float>(i) + pad);
  }
  sum_.resize(static_cast<size_t>(depths));
  for (int t = -tilts; t <= tilts; ++t) {
    for (int s = -sags; s <= sags; ++s) {
      std::fill(sum_.begin(), sum_.end(), 0.0F);
      const PlaneCurve shape{0, static_cast<float>(t * step), static_cast<float>(s * step), scale, 0};
      for (int i = 0; i < samples; ++i) {
        const auto u = static_cast<float>(sampled_[static_cast<size_t>(i)] / halfWidth - 1);
        const float* from = padded_.ptr<float>(i) + static_cast<int>(pad + shape.at(u) + 0.5F);
        float* to = sum_.data();
        for (int y = 0; y < depths; ++y) to[y] += from[y];
      }
      for (int y = 0; y < depths; ++y) {
        const float support = sum_[static_cast<size_t>(y)] / static_cast<float>(samples);
        PlaneCurve& best = best_[static_cast<size_t>(y)];
        if (support <= best.support) continue;
        best = shape;
        best.middle = static_cast<float>(y);
        best.support = support;
      }
    }
  }
}

}  // namespace acuguide::imaging
