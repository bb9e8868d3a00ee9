#include "imaging/planes/plane_texture.h"

#include "core/units.h"
#include "imaging/vector_clones.h"

#include <opencv2/core/hal/hal.hpp>

#include <algorithm>
#include <cmath>

namespace acuguide::imaging {
namespace {

constexpr int kEvery = 2;  // columns and depths: neighbours say nearly the same
constexpr int kHalf = 3;   // of the window

/// The first and last values repeated in reverse around the row, as cv::BORDER_REFLECT_101 does.
void mirrorEnds(float* row, int count, int by) {
  for (int k = 1; k <= by; ++k) {
    row[-k] = row[cv::borderInterpolate(-k, count, cv::BORDER_REFLECT_101)];
    row[count - 1 + k] = row[cv::borderInterpolate(count - 1 + k, count, cv::BORDER_REFLECT_101)];
  }
}

/// Scharr's derivatives in two parts: smoothed over and differenced between three rows.
ACUGUIDE_VECTOR_CLONES void acrossRows(const float* before, const float* here, const float* after, int count,
                                       float* smooth, float* step) {
  for (int y = 0; y < count; ++y) {
    smooth[y] = (3.0F / 32) * (before[y] + after[y]) + (10.0F / 32) * here[y];
    step[y] = after[y] - before[y];
  }
}

ACUGUIDE_VECTOR_CLONES void multiplyGradients(const float* smooth, const float* step, int count, float* xx,
                                              float* xy, float* yy) {
  for (int y = 0; y < count; ++y) {
    const float gy = smooth[y + 1] - smooth[y - 1];
    const float gx = (3.0F / 32) * (step[y - 1] + step[y + 1]) + (10.0F / 32) * step[y];
    xx[y] = gx * gx;
    xy[y] = gx * gy;
    yy[y] = gy * gy;
  }
}

ACUGUIDE_VECTOR_CLONES void sumRows(const float* const* rows, int count, float* sums) {
  static_assert(kHalf == 3);
  for (int y = 0; y < count; ++y)
    sums[y] = rows[0][y] + rows[1][y] + rows[2][y] + rows[3][y] + rows[4][y] + rows[5][y] + rows[6][y];
}

ACUGUIDE_VECTOR_CLONES void averageAlong(const float* sums, int count, float* means) {
  constexpr float share = 1.0F / ((2 * kHalf + 1) * (2 * kHalf + 1));
  for (int y = 0; y < count; ++y)
    means[y] =
        share * (sums[y - 3] + sums[y - 2] + sums[y - 1] + sums[y] + sums[y + 1] + sums[y + 2] + sums[y + 3]);
}

/// What is needed of the stripes of one column: the angle's sine and cosine, and how much they weigh.
ACUGUIDE_VECTOR_CLONES void weighStripes(const float* xx, const float* xy, const float* yy, int count,
                                         float* difference, float* mixed, float* weight) {
  for (int y = 0; y < count; ++y) {
    const float total = xx[y] + yy[y];
    difference[y] = yy[y] - xx[y];
    mixed[y] = 2 * xy[y];
    const float coherence = std::sqrt(difference[y] * difference[y] + mixed[y] * mixed[y]) / total;
    weight[y] = total < 1e-3F ? 0.0F : coherence * coherence * std::min(1.0F, total);
  }
}

/// What the structure tensor says about one place.
struct Stripe {
  double angleDeg = 0;  // rising to the right
  float coherence = 0;
  float strength = 0;
};

Stripe stripeAt(float xx, float xy, float yy) {
  const float total = xx + yy;
  if (total < 1e-3F) return {};
  // The gradient runs across the stripe; the stripe's rise to the right is measured from the horizontal.
  const float difference = yy - xx, mixed = 2 * xy;
  float angle = cv::fastAtan2(mixed, difference);  // 0..360, a quarter of a degree exact
  if (angle > 180) angle -= 360;
  return {0.5 * angle, std::sqrt(difference * difference + mixed * mixed) / total, total};
}

/// Share of a histogram within 8 degrees of an angle.
double shareNear(const PlaneTexture::Histogram& h, double angleDeg) {
  double near = 0, sum = 0;
  for (int b = 0; b < PlaneTexture::bins; ++b) {
    const float weight = h[static_cast<size_t>(b)];
    sum += weight;
    if (std::abs((b + 0.5) * PlaneTexture::binDeg - PlaneTexture::steepestDeg - angleDeg) <= 8)
      near += weight;
  }
  return sum > 0 ? near / sum : 0;
}

}  // namespace

void PlaneTexture::process(const cv::Mat& levelled, const std::vector<PlaneCurve>& curves) {
  layers_.assign(curves.size() + 1, {});
  pixels_.assign(curves.size() + 1, 0);
  measureTensor(levelled);
  for (int i = 0; i < tensor_[0].rows; ++i) gather(i, levelled.rows, curves);
  measureParallel(curves, levelled.rows);
  for (size_t i = 1; i < layers_.size(); ++i) {
    for (size_t b = 0; b < layers_[i].size(); ++b) layers_[i][b] += layers_[i - 1][b];
    pixels_[i] += pixels_[i - 1];
  }
}

/// tensor_. Transposed: the first index is the picture's x, the second its y.
void PlaneTexture::measureTensor(const cv::Mat& levelled) {
  const int columns = levelled.rows, depths = levelled.cols;
  for (auto* line : {&smooth_, &step_, &sums_}) line->resize(static_cast<size_t>(depths + 2 * kHalf));
  float* smooth = smooth_.data() + kHalf;
  float* step = step_.data() + kHalf;
  float* sums = sums_.data() + kHalf;
  for (cv::Mat& m : gradients_) m.create(columns, depths, CV_32F);
  for (cv::Mat& m : tensor_) m.create((columns + kEvery - 1) / kEvery, depths, CV_32F);
  const auto inside = [&](int x) { return cv::borderInterpolate(x, columns, cv::BORDER_REFLECT_101); };
  for (int x = 0; x < columns; ++x) {
    acrossRows(levelled.ptr<float>(inside(x - 1)), levelled.ptr<float>(x), levelled.ptr<float>(inside(x + 1)),
               depths, smooth, step);
    mirrorEnds(smooth, depths, 1);
    mirrorEnds(step, depths, 1);
    multiplyGradients(smooth, step, depths, gradients_[0].ptr<float>(x), gradients_[1].ptr<float>(x),
                      gradients_[2].ptr<float>(x));
  }
  for (size_t k = 0; k < 3; ++k) {
    for (int i = 0; i < tensor_[k].rows; ++i) {
      const float* rows[2 * kHalf + 1];
      for (int d = -kHalf; d <= kHalf; ++d)
        rows[d + kHalf] = gradients_[k].ptr<float>(inside(i * kEvery + d));
      sumRows(rows, depths, sums);
      mirrorEnds(sums, depths, kHalf);
      averageAlong(sums, depths, tensor_[k].ptr<float>(i));
    }
  }
}

/// Adds the stripes of one sampled column to the histograms of the layers they lie in.
void PlaneTexture::gather(int sample, int columns, const std::vector<PlaneCurve>& curves) {
  const int depths = tensor_[0].cols;
  for (auto* line : {&difference_, &mixed_, &angle_, &weight_}) line->resize(static_cast<size_t>(depths));
  weighStripes(tensor_[0].ptr<float>(sample), tensor_[1].ptr<float>(sample), tensor_[2].ptr<float>(sample),
               depths, difference_.data(), mixed_.data(), weight_.data());
  cv::hal::fastAtan32f(mixed_.data(), difference_.data(), angle_.data(), depths, true);
  const auto u = static_cast<float>(2.0 * sample * kEvery / (columns - 1) - 1);
  size_t layer = 0;
  float end = curves.empty() ? 0 : curves[0].at(u);
  for (int y = 0; y < depths; y += kEvery) {
    while (layer < curves.size() && end <= static_cast<float>(y)) {
      ++layer;
      if (layer < curves.size()) end = curves[layer].at(u);
    }
    pixels_[layer] += 1;
    const auto at = static_cast<size_t>(y);
    const float angle = angle_[at] > 180 ? angle_[at] - 360 : angle_[at];  // twice the stripe's
    const float place = (0.5F * angle + static_cast<float>(steepestDeg)) / static_cast<float>(binDeg);
    if (!(weight_[at] > 0) || place < 0 || place >= static_cast<float>(bins)) continue;
    layers_[layer][static_cast<size_t>(place)] += weight_[at];
  }
}

PlaneTexture::Stripes PlaneTexture::between(int upper, int lower, double planeDeg) const {
  const Histogram& above = layers_[static_cast<size_t>(upper)];
  const Histogram& below = layers_[static_cast<size_t>(lower)];
  const double pixels = pixels_[static_cast<size_t>(lower)] - pixels_[static_cast<size_t>(upper)];
  Stripes stripes;
  if (pixels < 1) return stripes;
  Histogram h;
  double sum = 0;
  for (size_t b = 0; b < h.size(); ++b) sum += h[b] = below[b] - above[b];
  if (sum <= 0) return stripes;
  constexpr int near = static_cast<int>(8 / binDeg);
  double best = 0;
  for (int b = 0; b < bins; ++b) {
    const double angle = (b + 0.5) * binDeg - steepestDeg;
    if (std::abs(angle - planeDeg) < 6) continue;
    double mass = 0;
    for (int d = -near; d <= near; ++d) {
      if (b + d >= 0 && b + d < bins) mass += h[static_cast<size_t>(b + d)] * (near + 1 - std::abs(d));
    }
    if (mass > best) {
      best = mass;
      stripes.angleDeg = angle;
    }
  }
  stripes.share = shareNear(h, stripes.angleDeg);
  stripes.weight = sum / pixels;
  return stripes;
}

void PlaneTexture::measureParallel(const std::vector<PlaneCurve>& curves, int columns) {
  parallel_.clear();
  const int depths = tensor_[0].cols;
  for (const PlaneCurve& curve : curves) {
    double along = 0, all = 0;
    for (int i = 0; i < tensor_[0].rows; ++i) {
      const auto u = static_cast<float>(2.0 * i * kEvery / (columns - 1) - 1);
      const float depth = curve.at(u) + 0.5F;
      if (depth < 0 || depth >= static_cast<float>(depths)) continue;
      const int y = static_cast<int>(depth);
      const Stripe stripe =
          stripeAt(tensor_[0].at<float>(i, y), tensor_[1].at<float>(i, y), tensor_[2].at<float>(i, y));
      const double tangent = -degrees(std::atan(2.0 * (curve.tilt + 2 * u * curve.sag) / (columns - 1)));
      const double weight = stripe.coherence * std::min(1.0F, stripe.strength);
      all += weight;
      if (std::abs(stripe.angleDeg - tangent) < 6) along += weight;
    }
    parallel_.push_back(all > 0 ? along / all : 0);
  }
}

}  // namespace acuguide::imaging
