#include "imaging/structures/vessel_shadow.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <optional>

namespace acuguide::imaging {
namespace {

using Outline = std::vector<Eigen::Vector2d>;

/// Share of a vessel's width that bone must pass over.
constexpr double kLeastShare = 0.25;
/// What lies beyond a vessel for this share of the region's height is looked at.
constexpr double kBandShare = 0.06;
/// Its brightest row, as a share of the vessel's own median: of 237 annotated vessels 3 are below the first,
/// 14 below the second.
constexpr double kLeastBeyond = 0.8, kLeastBehindBone = 1.2;
/// Least share of the region's mean that a far wall under bone's line has: bone may be blacker within than
/// its shadow farther on.
constexpr double kLeastOfRegion = 0.5;
constexpr double kBlack = 8;  ///< added to grey levels: black has no ratio

/// Points a pixel apart along the outline.
Outline walked(const Outline& outline) {
  Outline points;
  for (std::size_t i = 0, j = outline.size() - 1; i < outline.size(); j = i++) {
    const Eigen::Vector2d way = outline[i] - outline[j];
    const int steps = std::max(1, static_cast<int>(way.norm()));
    for (int k = 0; k < steps; ++k) points.push_back(outline[j] + way * k / steps);
  }
  return points;
}

double widthOf(const Outline& outline) {
  const auto [least, most] = std::minmax_element(outline.begin(), outline.end(),
                                                 [](const auto& a, const auto& b) { return a.x() < b.x(); });
  return most->x() - least->x();
}

/// Columns of the region along which something of the points lies as asked.
template <class Asked>
double columnsWhere(const Outline& points, const ImagingRegion& region, Asked asked) {
  std::vector<bool> column(static_cast<std::size_t>(std::max(0, region.bounds.width)));
  for (const Eigen::Vector2d& p : points) {
    const auto x = static_cast<std::ptrdiff_t>(std::lround(p.x())) - region.bounds.x;
    if (x >= 0 && x < region.bounds.width && asked(p)) column[static_cast<std::size_t>(x)] = true;
  }
  return static_cast<double>(std::count(column.begin(), column.end(), true));
}

/// Whether most of an outline lies behind a bone's line that passes over enough of its width.
bool liesUnder(const Outline& outline, const ImagingRegion& region, const TissuePlane& bone) {
  const double away = region.probe == ProbeSide::Bottom ? -1 : 1;  // of the probe, along the rows
  const Outline points = walked(outline);
  const auto side = [&](bool beyond) {
    return columnsWhere(points, region, [&, beyond](const Eigen::Vector2d& p) {
      const auto ridge = ridgeAt(bone, p.x());
      return ridge && (away * (p.y() - *ridge) > 0) == beyond;
    });
  };
  const double under = side(true);
  return under >= kLeastShare * std::max(1.0, widthOf(outline)) && under > 3 * side(false);
}

/// An outline filled, and where it lies in the image. The outermost pixels belong to it.
struct Filled {
  cv::Rect bounds;
  cv::Mat within;  // CV_8UC1, size of the bounds; empty: nothing lies in the image
};

Filled filled(const Outline& outline, cv::Size size) {
  std::vector<cv::Point> points;
  for (const Eigen::Vector2d& p : outline)
    points.emplace_back(static_cast<int>(std::lround(p.x())), static_cast<int>(std::lround(p.y())));
  Filled made{(cv::boundingRect(points) + cv::Point(-1, -1) + cv::Size(2, 2)) & cv::Rect({}, size), {}};
  if (made.bounds.empty()) return made;
  for (cv::Point& p : points) p -= made.bounds.tl();
  made.within = cv::Mat::zeros(made.bounds.size(), CV_8UC1);
  const std::vector<std::vector<cv::Point>> one{points};
  cv::fillPoly(made.within, one, 255);
  cv::polylines(made.within, one, true, 255, 3);
  return made;
}

/// How bright it is beyond an outline: behind a lumen its far wall answers, and tissue that gets more sound
/// than beside it; behind bone nothing does. The brightest row of a band beyond the outline's middle.
struct Beyond {
  double toWithin = 0;  ///< to the median within the outline
  double toRegion = 0;  ///< to the mean of the region
};

/// Nothing where that lies outside of the region.
std::optional<Beyond> brightnessBeyond(const Outline& outline, const cv::Mat& grey,
                                       const ImagingRegion& region) {
  const Filled shape = filled(outline, grey.size());
  if (shape.within.empty()) return std::nullopt;
  std::vector<uchar> inside;
  const cv::Mat part = grey(shape.bounds);
  for (int y = 0; y < part.rows; ++y)
    for (int x = 0; x < part.cols; ++x)
      if (shape.within.at<uchar>(y, x)) inside.push_back(part.at<uchar>(y, x));
  if (inside.empty()) return std::nullopt;
  std::nth_element(inside.begin(), inside.begin() + static_cast<std::ptrdiff_t>(inside.size() / 2),
                   inside.end());
  const int band = std::max(4, static_cast<int>(kBandShare * region.bounds.height));
  const bool up = region.probe == ProbeSide::Bottom;
  std::vector<double> rows(static_cast<std::size_t>(band));
  int columns = 0;
  for (int x = part.cols / 5; x < part.cols - part.cols / 5; ++x) {
    int edge = -1;  // the outline's last row in this column, seen from the probe
    for (int k = 0; k < part.rows && edge < 0; ++k)
      if (const int y = up ? k : part.rows - 1 - k; shape.within.at<uchar>(y, x)) edge = y;
    if (edge < 0) continue;
    const int first = shape.bounds.y + edge + (up ? -1 : 1), last = first + (up ? 1 - band : band - 1);
    if (std::min(first, last) < region.bounds.y || std::max(first, last) >= region.bounds.br().y) continue;
    for (int k = 0; k < band; ++k)
      rows[static_cast<std::size_t>(k)] += grey.at<uchar>(up ? first - k : first + k, shape.bounds.x + x);
    ++columns;
  }
  if (columns < 3) return std::nullopt;
  const double brightest = *std::max_element(rows.begin(), rows.end()) / columns;
  const double lumen = inside[inside.size() / 2];
  return Beyond{(brightest + kBlack) / (lumen + kBlack),
                brightest / std::max(1.0, cv::mean(grey(region.bounds))[0])};
}

bool isShadow(const Outline& outline, const cv::Mat& grey, const ImagingRegion& region,
              const TissuePlane* bone) {
  if (outline.size() < 3) return false;
  const std::optional<Beyond> beyond = brightnessBeyond(outline, grey, region);
  if (bone && liesUnder(outline, region, *bone))
    return !beyond || beyond->toWithin < kLeastBehindBone || beyond->toRegion < kLeastOfRegion;
  return beyond && beyond->toWithin < kLeastBeyond;
}

/// Takes the vessel within an outline out of the mask; a nerve there stays.
void clear(const Outline& outline, cv::Mat& mask) {
  if (mask.empty()) return;
  const Filled shape = filled(outline, mask.size());
  if (shape.within.empty()) return;
  cv::Mat part = mask(shape.bounds);
  part.setTo(0, shape.within & (part == static_cast<int>(StructureKind::Vessel)));
}

}  // namespace

std::size_t dropVesselsInShadow(Structures& found, const cv::Mat& grey, const ImagingRegion& region,
                                const TissuePlane* bone) {
  return std::erase_if(found.found, [&](const PossibleStructure& one) {
    const bool gone = one.kind == StructureKind::Vessel && isShadow(one.outlinePx, grey, region, bone);
    if (gone) clear(one.outlinePx, found.mask);
    return gone;
  });
}

}  // namespace acuguide::imaging
