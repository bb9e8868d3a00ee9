#include "imaging/structures/vessel_shadow.h"

#include <algorithm>
#include <cmath>

namespace acuguide::imaging {
namespace {

using Outline = std::vector<Eigen::Vector2d>;

/// Share of a vessel's width that bone or the rim must take up.
constexpr double kLeastShare = 0.25;
/// Nearer to the far rim than this share of the region's height is at it.
constexpr double kRimShare = 0.015;

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

bool within(const ImagingRegion& region, double x, double y) {
  const cv::Point p(static_cast<int>(std::lround(x)) - region.bounds.x,
                    static_cast<int>(std::lround(y)) - region.bounds.y);
  if (!cv::Rect({}, region.bounds.size()).contains(p)) return false;
  return region.mask.size() != region.bounds.size() || region.mask.at<unsigned char>(p) != 0;
}

bool isShadow(const Outline& outline, const ImagingRegion& region, const TissuePlane* bone) {
  if (outline.size() < 3) return false;
  const double away = region.probe == ProbeSide::Bottom ? -1 : 1;  // of the probe, along the rows
  const Outline points = walked(outline);
  const double least = kLeastShare * std::max(1.0, widthOf(outline));
  const double rim = std::max(2.0, kRimShare * region.bounds.height);
  const auto atRim = [&](const Eigen::Vector2d& p) { return !within(region, p.x(), p.y() + away * rim); };
  if (columnsWhere(points, region, atRim) >= least) return true;
  if (bone == nullptr) return false;
  const auto side = [&](bool beyond) {
    return columnsWhere(points, region, [&, beyond](const Eigen::Vector2d& p) {
      const auto ridge = ridgeAt(*bone, p.x());
      return ridge && (away * (p.y() - *ridge) > 0) == beyond;
    });
  };
  const double under = side(true);
  return under >= least && under > 3 * side(false);
}

}  // namespace

std::size_t dropVesselsInShadow(Structures& found, const ImagingRegion& region, const TissuePlane* bone) {
  return std::erase_if(found.found, [&](const PossibleStructure& one) {
    return one.kind == StructureKind::Vessel && isShadow(one.outlinePx, region, bone);
  });
}

}  // namespace acuguide::imaging
