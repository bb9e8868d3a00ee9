#include "imaging/planes/plane_curves.h"

#include "imaging/vector_clones.h"

#include <opencv2/core.hpp>

#include <algorithm>
#include <cmath>

namespace acuguide::imaging {
namespace {

constexpr int kBlock = 32;  // depths that are summed at once: in registers

/// out[y] = sum over the columns of from[i][y].
ACUGUIDE_VECTOR_CLONES void sumAlong(const float* const* from, int columns, int depths, float* out) {
  for (int y = 0; y < depths; y += kBlock) {
    Lanes a{}, b{}, c{}, d{};
    for (int i = 0; i < columns; ++i) {
      const auto* row = reinterpret_cast<const Lanes*>(from[i] + y);
      a += row[0];
      b += row[1];
      c += row[2];
      d += row[3];
    }
    auto* to = reinterpret_cast<Lanes*>(out + y);
    to[0] = a;
    to[1] = b;
    to[2] = c;
    to[3] = d;
  }
}

/// Whether any of a block of values is greater than its match.
ACUGUIDE_VECTOR_CLONES bool anyGreater(const float* values, const float* than) {
  int greater = 0;
  for (int k = 0; k < kBlock; ++k) greater |= values[k] > than[k] ? 1 : 0;
  return greater != 0;
}

ACUGUIDE_VECTOR_CLONES float sumOf(const float* values, int count) {
  float lanes[kBlock] = {};
  int y = 0;
  for (; y + kBlock <= count; y += kBlock)
    for (int k = 0; k < kBlock; ++k) lanes[k] += values[y + k];
  for (int k = 0; y < count; ++y, ++k) lanes[k] += values[y];
  float sum = 0;
  for (const float lane : lanes) sum += lane;
  return sum;
}

/// To the nearest depth inside the picture.
int inside(double depth, int depths) { return static_cast<int>(std::clamp(depth, 0.0, depths - 1.0) + 0.5); }

}  // namespace

const std::vector<PlaneCurve>& PlaneCurves::process(const PlaneBands& bands, const cv::Mat& transposed,
                                                    const std::vector<PlaneCurve>& suggested) {
  curves_.clear();
  const cv::Mat& first = bands.response(0);
  if (transposed.rows < 16 || transposed.cols < 16) return curves_;
  best_.assign(static_cast<size_t>(first.cols), {});
  chooseColumns(transposed, bands.every());
  for (int s = 0; s < bands.scales(); ++s) sweep(bands.response(s), transposed.rows, s, bands.sigma(s));

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
  for (const PlaneCurve& curve : suggested) add(bands, curve);
  measureSteps(bands, transposed);
  return curves_;
}

/// With the scale that answers best along it.
void PlaneCurves::add(const PlaneBands& bands, PlaneCurve curve) {
  const auto distance = [&](const PlaneCurve& other) {
    float sum = 0;
    for (const float u : {-0.8F, 0.0F, 0.8F}) sum += std::abs(other.at(u) - curve.at(u)) / 3;
    return sum;
  };
  if (std::any_of(curves_.begin(), curves_.end(),
                  [&](const PlaneCurve& other) { return distance(other) < options_.apart; }))
    return;
  const int depths = bands.response(0).cols;
  curve.support = -1;
  for (int s = 0; s < bands.scales(); ++s) {
    float sum = 0;
    for (const int x : sampled_) {
      const auto u = static_cast<float>(2.0 * x / (bands.response(s).rows * every_ - 1) - 1);
      const int y = static_cast<int>(std::lround(curve.at(u)));
      sum += y >= 0 && y < depths ? bands.response(s).at<float>(x / every_, y) : -0.3F;
    }
    sum /= static_cast<float>(std::max<size_t>(sampled_.size(), 1));
    if (sum <= curve.support) continue;
    curve.support = sum;
    curve.scale = s;
  }
  curves_.insert(std::upper_bound(curves_.begin(), curves_.end(), curve,
                                  [](const auto& a, const auto& b) { return a.middle < b.middle; }),
                 curve);
}

/// Those that the bands answer, but for those where the probe has no contact and nothing can be seen.
void PlaneCurves::chooseColumns(const cv::Mat& transposed, int every) {
  constexpr double dark = 0.25, leastShare = 0.5;  // of the usual brightness; of the columns
  every_ = every;
  brightness_.clear();
  for (int x = 0; x < transposed.rows; ++x)
    brightness_.push_back(sumOf(transposed.ptr<float>(x), transposed.cols) /
                          static_cast<float>(transposed.cols));
  sorted_.assign(brightness_.begin(), brightness_.end());
  const auto middle = sorted_.begin() + static_cast<std::ptrdiff_t>(sorted_.size() / 2);
  std::nth_element(sorted_.begin(), middle, sorted_.end());
  const double least = dark * *middle;
  const int samples = (transposed.rows + every - 1) / every;
  sampled_.clear();
  for (int i = 0; i < samples; ++i)
    if (brightness_[static_cast<size_t>(i * every)] >= least) sampled_.push_back(i * every);
  if (static_cast<double>(sampled_.size()) >= leastShare * samples) return;
  sampled_.clear();
  for (int i = 0; i < samples; ++i) sampled_.push_back(i * every);
}

void PlaneCurves::measureSteps(const PlaneBands& bands, const cv::Mat& transposed) {
  double mean = 0;
  for (const float column : brightness_) mean += column / static_cast<double>(brightness_.size());
  const auto brightness = static_cast<float>(std::max(1.0, mean));
  for (PlaneCurve& curve : curves_) {
    const double sigma = bands.sigma(curve.scale);
    const auto meanOf = [&](const float* column, double from, double to) {
      const int a = inside(from, transposed.cols);
      const int b = std::max(a, inside(to, transposed.cols));
      float sum = 0;
      for (int y = a; y <= b; ++y) sum += column[y];
      return sum / static_cast<float>(b - a + 1);
    };
    float step = 0, above = 0;
    int n = 0;
    for (int x = 0; x < transposed.rows; x += 2, ++n) {
      const double middle = curve.at(static_cast<float>(2.0 * x / (transposed.rows - 1) - 1));
      const float* column = transposed.ptr<float>(x);
      step += meanOf(column, middle - sigma, middle + sigma) -
              meanOf(column, middle + 2 * sigma + 1, middle + 4 * sigma + 1);
      above += meanOf(column, 0, middle - 2 * sigma - 1);
    }
    curve.above = above / (static_cast<float>(n) * brightness);
    curve.stepDown = step / (static_cast<float>(n) * brightness);
  }
}

void PlaneCurves::sweep(const cv::Mat& response, int columns, int scale, double sigma) {
  const int depths = response.cols;
  const double halfWidth = 0.5 * (columns - 1);
  const double mostTilt = options_.steepest * halfWidth, mostSag = options_.mostSag * halfWidth;
  const double step = std::max(1.5, 1.2 * sigma);
  const int tilts = static_cast<int>(mostTilt / step), sags = static_cast<int>(mostSag / step);
  const int pad = static_cast<int>(std::ceil(mostTilt + mostSag)) + 1;
  const int samples = static_cast<int>(sampled_.size());

  // Sampled columns, framed with the worst answer so that a curve cannot profit from leaving the picture.
  const int blocks = (depths + kBlock - 1) / kBlock * kBlock;
  padded_.create(response.rows, blocks + 2 * pad, CV_32F);
  for (int i = 0; i < samples; ++i) {
    float* row = padded_.ptr<float>(i);
    std::fill_n(row, padded_.cols, -0.3F);
    std::copy_n(response.ptr<float>(sampled_[static_cast<size_t>(i)] / every_), depths, row + pad);
  }
  sum_.assign(static_cast<size_t>(blocks), 0.0F);
  bestSum_.assign(static_cast<size_t>(blocks), 1e9F);  // beyond the picture nothing is ever better
  for (int y = 0; y < depths; ++y)
    bestSum_[static_cast<size_t>(y)] = best_[static_cast<size_t>(y)].support * static_cast<float>(samples);
  along_.resize(static_cast<size_t>(samples));
  for (int t = -tilts; t <= tilts; ++t) {
    for (int s = -sags; s <= sags; ++s) {
      const PlaneCurve shape{0, static_cast<float>(t * step), static_cast<float>(s * step), scale, 0};
      for (int i = 0; i < samples; ++i) {
        const auto u = static_cast<float>(sampled_[static_cast<size_t>(i)] / halfWidth - 1);
        along_[static_cast<size_t>(i)] = padded_.ptr<float>(i) + static_cast<int>(pad + shape.at(u) + 0.5F);
      }
      sumAlong(along_.data(), samples, depths, sum_.data());
      keepBetter(shape);
    }
  }
}

/// At the depths at which the sum along this shape is greater than along any before.
void PlaneCurves::keepBetter(const PlaneCurve& shape) {
  const auto samples = static_cast<float>(sampled_.size());
  for (size_t from = 0; from < sum_.size(); from += kBlock) {
    if (!anyGreater(sum_.data() + from, bestSum_.data() + from)) continue;
    for (size_t y = from; y < std::min(from + kBlock, best_.size()); ++y) {
      if (sum_[y] <= bestSum_[y]) continue;
      bestSum_[y] = sum_[y];
      best_[y] = shape;
      best_[y].middle = static_cast<float>(y);
      best_[y].support = sum_[y] / samples;
    }
  }
}

}  // namespace acuguide::imaging
