#include "calibration/spatial/dot_finder.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace acuguide::calibration {
namespace {

constexpr double dotSigmaPx = 2.0, surroundSigmaPx = 9.0;
constexpr int leastContrastLevel = 3;
constexpr double closestDotsPx = 10.0;

cv::Rect clipped(const std::optional<cv::Rect>& clip, const cv::Size& size) {
  const cv::Rect all({0, 0}, size);
  return clip ? *clip & all : all;
}

/// Places that are as high as all others within 4 px.
std::vector<cv::Point> localMaxima(const cv::Mat& contrast, int least) {
  cv::Mat highest, mask;
  cv::dilate(contrast, highest, cv::getStructuringElement(cv::MORPH_RECT, {9, 9}));
  cv::compare(contrast, highest, mask, cv::CMP_GE);
  mask.setTo(0, contrast < least);
  std::vector<cv::Point> places;
  cv::findNonZero(mask, places);
  return places;
}

/// Of an 8-bit picture.
double medianOf(const cv::Mat& picture) {
  std::vector<uchar> levels(picture.begin<uchar>(), picture.end<uchar>());
  const auto half = levels.begin() + static_cast<std::ptrdiff_t>(levels.size() / 2);
  std::nth_element(levels.begin(), half, levels.end());
  return *half;
}

/// Where a profile first rises through half of its maximum.
double frontOf(const std::vector<double>& profile) {
  const double half = 0.5 * *std::max_element(profile.begin(), profile.end());
  std::size_t i = 0;
  while (profile[i] < half) ++i;
  if (i == 0) return 0;
  return static_cast<double>(i) - (profile[i] - half) / (profile[i] - profile[i - 1]);
}

}  // namespace

cv::Mat dotContrast(const cv::Mat& grey, const std::optional<cv::Rect>& clip) {
  cv::Mat result = cv::Mat::zeros(grey.size(), CV_8UC1);
  const cv::Rect area = clipped(clip, grey.size());
  if (area.empty()) return result;
  cv::Mat narrow, wide, small;
  cv::GaussianBlur(grey(area), narrow, {}, dotSigmaPx);
  // The surroundings at a quarter of the size: the wide Gaussian costs as little as the narrow one.
  cv::resize(narrow, small, {}, 0.25, 0.25, cv::INTER_AREA);
  cv::GaussianBlur(small, small, {}, surroundSigmaPx / 4);
  cv::resize(small, wide, narrow.size(), 0, 0, cv::INTER_LINEAR);
  cv::subtract(narrow, wide, result(area));
  return result;
}

std::vector<Dot> strongestDots(const cv::Mat& contrast, std::size_t most) {
  std::vector<cv::Point> places = localMaxima(contrast, leastContrastLevel);
  const auto level = [&](const cv::Point& p) { return contrast.at<uchar>(p); };
  std::stable_sort(places.begin(), places.end(),
                   [&](const cv::Point& a, const cv::Point& b) { return level(a) > level(b); });
  std::vector<Dot> dots;
  for (const cv::Point& place : places) {
    if (dots.size() == most) break;
    const Eigen::Vector2d px(place.x, place.y);
    const bool taken = std::any_of(dots.begin(), dots.end(), [&](const Dot& dot) {
      return (dot.px - px).squaredNorm() < closestDotsPx * closestDotsPx;
    });
    if (!taken) dots.push_back({px, static_cast<double>(level(place))});
  }
  return dots;
}

std::optional<Dot> dotNear(const cv::Mat& contrast, const Eigen::Vector2d& at, double radiusPx,
                           double leastContrast) {
  const int radius = static_cast<int>(std::ceil(radiusPx));
  const cv::Rect window =
      cv::Rect(cvRound(at.x()) - radius, cvRound(at.y()) - radius, 2 * radius + 1, 2 * radius + 1) &
      cv::Rect({0, 0}, contrast.size());
  if (window.empty()) return std::nullopt;
  std::vector<Dot> near;
  double strongest = 0;
  for (const cv::Point& place : localMaxima(contrast(window), static_cast<int>(leastContrast))) {
    const cv::Point p = place + window.tl();
    const Eigen::Vector2d px(p.x, p.y);
    if ((px - at).norm() > radiusPx) continue;
    // A maximum on the window's border may be the flank of something brighter outside.
    if (place.x == 0 || place.y == 0 || place.x == window.width - 1 || place.y == window.height - 1) continue;
    near.push_back({px, static_cast<double>(contrast.at<uchar>(p))});
    strongest = std::max(strongest, near.back().contrast);
  }
  std::optional<Dot> best;
  for (const Dot& dot : near) {
    if (dot.contrast < 0.5 * strongest) continue;
    if (!best || (dot.px - at).norm() < (best->px - at).norm()) best = dot;
  }
  return best;
}

DotPosition measureDot(const cv::Mat& grey, const Eigen::Vector2d& at, const Eigen::Vector2d& spacingMm) {
  constexpr double halfWidthMm = 1.3, halfHeightMm = 1.6, share = 0.2;
  const int halfWidth = std::clamp(cvRound(halfWidthMm / spacingMm.x()), 5, 80);
  const int halfHeight = std::clamp(cvRound(halfHeightMm / spacingMm.y()), 4, 80);
  const cv::Point centre(cvRound(at.x()), cvRound(at.y()));
  const cv::Rect window =
      cv::Rect(centre.x - halfWidth, centre.y - halfHeight, 2 * halfWidth + 1, 2 * halfHeight + 1) &
      cv::Rect({0, 0}, grey.size());
  const DotPosition unchanged{at, at.y()};
  if (!window.contains(centre)) return unchanged;
  cv::Mat smooth;
  cv::GaussianBlur(grey(window), smooth, {}, 1.0, 1.0, cv::BORDER_REPLICATE);
  const double background = medianOf(smooth);
  const cv::Rect nearby =
      cv::Rect(centre.x - window.x - 6, centre.y - window.y - 6, 13, 13) & cv::Rect({0, 0}, smooth.size());
  double peak = 0;
  cv::Point top;
  cv::minMaxLoc(smooth(nearby), nullptr, &peak, nullptr, &top);
  top += nearby.tl();
  cv::Mat mask, labels;
  cv::compare(smooth, background + share * (peak - background), mask, cv::CMP_GT);
  cv::connectedComponents(mask, labels, 8, CV_32S);
  const int own = labels.at<int>(top);
  if (own == 0) return unchanged;
  std::vector<double> rows(static_cast<std::size_t>(window.height), 0.0);
  double sum = 0, x = 0, y = 0;
  for (int r = 0; r < window.height; ++r) {
    for (int c = 0; c < window.width; ++c) {
      if (labels.at<int>(r, c) != own) continue;
      const double weight = std::max(0.0, grey.at<uchar>(window.y + r, window.x + c) - background);
      rows[static_cast<std::size_t>(r)] += weight;
      sum += weight;
      x += weight * c;
      y += weight * r;
    }
  }
  if (sum <= 0) return unchanged;
  return {{window.x + x / sum, window.y + y / sum}, window.y + frontOf(rows)};
}

}  // namespace acuguide::calibration
