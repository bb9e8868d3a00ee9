#include "imaging/fibre_direction.h"

#include "core/units.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace acuguide::imaging {

std::optional<FibreDirection> FibreFinder::process(const cv::Mat& grey, const ImagingRegion& region,
                                                   const std::vector<TissuePlane>& planes) {
  const TissuePlane* superficial = nullptr;
  const TissuePlane* deep = nullptr;
  for (const TissuePlane& p : planes) {
    if (p.label == PlaneLabel::SuperficialAponeurosis) superficial = &p;
    if (p.label == PlaneLabel::DeepAponeurosis) deep = &p;
  }
  const cv::Rect bounds = region.bounds & cv::Rect(0, 0, grey.cols, grey.rows);
  if (!superficial || !deep || bounds.width < 32 || bounds.height < 32) return std::nullopt;

  const double scale = std::max(1.0, bounds.width / 288.0);
  const cv::Size size(static_cast<int>(std::lround(bounds.width / scale)),
                      static_cast<int>(std::lround(bounds.height / scale)));
  cv::resize(grey(bounds), small_, size, 0, 0, cv::INTER_AREA);
  cv::GaussianBlur(small_, small_, {5, 5}, 1.0);
  cv::Sobel(small_, gx_, CV_32F, 1, 0);
  cv::Sobel(small_, gy_, CV_32F, 0, 1);
  cv::multiply(gx_, gx_, xx_);
  cv::multiply(gx_, gy_, xy_);
  cv::multiply(gy_, gy_, yy_);
  for (cv::Mat* m : {&xx_, &xy_, &yy_}) cv::boxFilter(*m, *m, CV_32F, {9, 9});

  constexpr int bins = 180;
  histogram_.assign(bins, 0);
  for (int x = 0; x < size.width; ++x) {
    const double fullX = (x + 0.5) * scale - 0.5 + bounds.x;
    const auto a = ridgeAt(*superficial, fullX), b = ridgeAt(*deep, fullX);
    if (!a || !b) continue;
    const double low = std::min(*a, *b), high = std::max(*a, *b), margin = 0.1 * (high - low);
    const int y0 = std::max(0, static_cast<int>((low + margin - bounds.y) / scale));
    const int y1 = std::min(size.height - 1, static_cast<int>((high - margin - bounds.y) / scale));
    for (int y = y0; y <= y1; ++y) {
      const float xx = xx_.at<float>(y, x), xy = xy_.at<float>(y, x), yy = yy_.at<float>(y, x);
      const float difference = std::hypot(xx - yy, 2 * xy), total = xx + yy;
      if (total < 1) continue;
      const float coherence = difference / total;
      // Gradient direction, doubled; the fibre runs across it. y down, angle positive up.
      double angle = 0.5 * std::atan2(2 * xy, xx - yy) + std::numbers::pi / 2;
      angle = -angle;
      int bin = static_cast<int>(std::floor(degrees(angle))) % bins;
      if (bin < 0) bin += bins;
      histogram_[static_cast<size_t>(bin)] += coherence * coherence * std::sqrt(total);
    }
  }
  double best = 0, sum = 0;
  int at = 0;
  for (int i = 0; i < bins; ++i) {
    sum += histogram_[static_cast<size_t>(i)];
    double near = 0;
    for (int d = -6; d <= 6; ++d)
      near += histogram_[static_cast<size_t>((i + d + bins) % bins)] * (7 - std::abs(d));
    if (near > best) {
      best = near;
      at = i;
    }
  }
  if (sum <= 0) return std::nullopt;
  double moment = 0, weight = 0;
  for (int d = -8; d <= 8; ++d) {
    const double w = histogram_[static_cast<size_t>((at + d + bins) % bins)];
    moment += w * d;
    weight += w;
  }
  FibreDirection fibre;
  double angleDeg = at + 0.5 + (weight > 0 ? moment / weight : 0);
  if (angleDeg > 90) angleDeg -= 180;
  fibre.angle = radians(angleDeg);
  fibre.confidence = std::clamp(weight / sum, 0.0, 1.0);
  return fibre;
}

}  // namespace acuguide::imaging
