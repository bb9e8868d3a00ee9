#include "imaging/region/region_sector.h"

#include <algorithm>
#include <cmath>

namespace acuguide::imaging {
namespace {

struct Side {
  double slope = 0, at = 0;  // x = at + slope * y
  int inliers = 0, points = 0;
};

/// The line most outline points agree on: least median of squares over pairs, then least squares over those
/// near it.
Side fitSide(const std::vector<cv::Point2d>& points, double tolerance) {
  Side best;
  best.points = static_cast<int>(points.size());
  for (size_t i = 0; i < points.size(); ++i) {
    for (size_t j = i + points.size() / 4 + 1; j < points.size(); ++j) {
      const double slope = (points[j].x - points[i].x) / (points[j].y - points[i].y);
      const double at = points[i].x - slope * points[i].y;
      const auto inliers = std::count_if(points.begin(), points.end(), [&](const cv::Point2d& p) {
        return std::abs(p.x - at - slope * p.y) <= tolerance;
      });
      if (inliers > best.inliers) best = {slope, at, static_cast<int>(inliers), best.points};
    }
  }
  return best;
}

}  // namespace

std::optional<Sector> SectorFitter::process(const cv::Mat& varying, int cell, const cv::Rect& box) {
  // The outermost varying cells of each row of cells; lone cells (text, ticks) do not count.
  left_.clear();
  right_.clear();
  const cv::Rect cells(box.x / cell, box.y / cell, box.width / cell, box.height / cell);
  for (int y = cells.y; y < std::min(cells.br().y, varying.rows); ++y) {
    const uchar* row = varying.ptr<uchar>(y);
    int first = -1, last = -1;
    const int end = std::min(cells.br().x, varying.cols);
    for (int x = cells.x; x + 2 < end; ++x) {
      if (!row[x] || !row[x + 1] || !row[x + 2]) continue;
      if (first < 0) first = x;
      last = x + 2;
    }
    if (first < 0) continue;
    const double py = (y + 0.5) * cell;
    left_.emplace_back(first * cell, py);
    right_.emplace_back((last + 1) * cell, py);
  }
  if (left_.size() < 8) return std::nullopt;
  const Side l = fitSide(left_, 1.5 * cell), r = fitSide(right_, 1.5 * cell);
  constexpr double leastSlope = 0.12, leastShare = 0.45;
  const bool slanted =
      std::abs(l.slope) >= leastSlope && std::abs(r.slope) >= leastSlope && l.slope * r.slope < 0;
  const bool mirrored =
      std::abs(std::abs(l.slope) - std::abs(r.slope)) < 0.25 * std::max(std::abs(l.slope), std::abs(r.slope));
  if (!slanted || !mirrored || l.inliers < leastShare * l.points || r.inliers < leastShare * r.points)
    return std::nullopt;

  Sector sector;
  sector.apex.y = (r.at - l.at) / (l.slope - r.slope);
  sector.apex.x = l.at + l.slope * sector.apex.y;
  sector.leftSlope = l.slope;
  sector.rightSlope = r.slope;
  const bool top = l.slope < 0;  // the left side runs outwards as y grows
  sector.probe = top ? ProbeSide::Top : ProbeSide::Bottom;
  // The apex lies beyond the probe's end of the picture, or a little inside for a phased probe.
  const double beyond = top ? box.y - sector.apex.y : sector.apex.y - box.br().y;
  if (beyond < -0.1 * box.height) return std::nullopt;

  double nearest = 1e12, farthest = 0;
  for (int y = cells.y; y < std::min(cells.br().y, varying.rows); ++y) {
    for (int x = cells.x; x < std::min(cells.br().x, varying.cols); ++x) {
      if (!varying.at<uchar>(y, x)) continue;
      const cv::Point2d p((x + 0.5) * cell - sector.apex.x, (y + 0.5) * cell - sector.apex.y);
      const double depth = top ? p.y : -p.y;
      if (depth <= 0 || std::abs(p.x) > std::abs(l.slope) * depth + cell) continue;
      nearest = std::min(nearest, std::hypot(p.x, p.y) - 0.7 * cell);
      farthest = std::max(farthest, std::hypot(p.x, p.y) + 0.7 * cell);
    }
  }
  if (farthest <= nearest) return std::nullopt;
  sector.near = std::max(0.0, nearest);
  sector.far = farthest;
  sector.bounds = box;
  return sector;
}

cv::Mat Sector::maskOf(const cv::Rect& box) const {
  cv::Mat mask(box.size(), CV_8UC1, cv::Scalar(0));
  for (int y = 0; y < box.height; ++y) {
    const double dy = y + box.y - apex.y;
    const double from = std::min(leftSlope * dy, rightSlope * dy),
                 to = std::max(leftSlope * dy, rightSlope * dy);
    const bool side = probe == ProbeSide::Top ? dy >= 0 : dy <= 0;
    if (!side) continue;
    uchar* row = mask.ptr<uchar>(y);
    for (int x = 0; x < box.width; ++x) {
      const double dx = x + box.x - apex.x, radius = std::hypot(dx, dy);
      if (dx >= from && dx <= to && radius >= near && radius <= far) row[x] = 255;
    }
  }
  return mask;
}

}  // namespace acuguide::imaging
