#include "imaging/plane_texture.h"

#include "core/units.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace acuguide::imaging {
namespace {

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
  // Transposed: the first index is the picture's x, the second its y.
  cv::Scharr(levelled, gy_, CV_32F, 1, 0, 1.0 / 32);
  cv::Scharr(levelled, gx_, CV_32F, 0, 1, 1.0 / 32);
  cv::multiply(gx_, gx_, xx_);
  cv::multiply(gx_, gy_, xy_);
  cv::multiply(gy_, gy_, yy_);
  for (cv::Mat* m : {&xx_, &xy_, &yy_}) cv::boxFilter(*m, *m, CV_32F, {7, 7});

  const int columns = levelled.rows, depths = levelled.cols;
  for (int x = 0; x < columns; x += 2) {
    const auto u = static_cast<float>(2.0 * x / (columns - 1) - 1);
    const float* xx = xx_.ptr<float>(x);
    const float* xy = xy_.ptr<float>(x);
    const float* yy = yy_.ptr<float>(x);
    size_t layer = 0;
    for (int y = 0; y < depths; y += 2) {
      while (layer < curves.size() && curves[layer].at(u) <= static_cast<float>(y)) ++layer;
      pixels_[layer] += 1;
      const Stripe stripe = stripeAt(xx[y], xy[y], yy[y]);
      const int bin = static_cast<int>(std::floor((stripe.angleDeg + steepestDeg) / binDeg));
      if (stripe.coherence <= 0 || bin < 0 || bin >= bins) continue;
      layers_[layer][static_cast<size_t>(bin)] +=
          stripe.coherence * stripe.coherence * std::min(1.0F, stripe.strength);
    }
  }
  measureParallel(curves);
  for (size_t i = 1; i < layers_.size(); ++i) {
    for (size_t b = 0; b < layers_[i].size(); ++b) layers_[i][b] += layers_[i - 1][b];
    pixels_[i] += pixels_[i - 1];
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

void PlaneTexture::measureParallel(const std::vector<PlaneCurve>& curves) {
  parallel_.clear();
  const int columns = xx_.rows, depths = xx_.cols;
  for (const PlaneCurve& curve : curves) {
    double along = 0, all = 0;
    for (int x = 0; x < columns; x += 2) {
      const auto u = static_cast<float>(2.0 * x / (columns - 1) - 1);
      const int y = static_cast<int>(std::lround(curve.at(u)));
      if (y < 0 || y >= depths) continue;
      const Stripe stripe = stripeAt(xx_.at<float>(x, y), xy_.at<float>(x, y), yy_.at<float>(x, y));
      const double tangent = -degrees(std::atan(2.0 * (curve.tilt + 2 * u * curve.sag) / (columns - 1)));
      const double weight = stripe.coherence * std::min(1.0F, stripe.strength);
      all += weight;
      if (std::abs(stripe.angleDeg - tangent) < 6) along += weight;
    }
    parallel_.push_back(all > 0 ? along / all : 0);
  }
}

}  // namespace acuguide::imaging
