#include "guidance/danger_from_outline.h"

#include "guidance/guidance.h"
#include "planning/picture_frame.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace acuguide::guidance {
namespace {

using Eigen::Vector2d;

double turn(const Vector2d& a, const Vector2d& b, const Vector2d& c) {
  return (b.x() - a.x()) * (c.y() - a.y()) - (b.y() - a.y()) * (c.x() - a.x());
}

/// Andrew's monotone chain (Information Processing Letters 1979): an outline that cannot cross itself, as a
/// plan's polygon must not.
std::vector<Vector2d> hullOf(std::vector<Vector2d> points) {
  std::sort(points.begin(), points.end(), [](const Vector2d& a, const Vector2d& b) {
    return a.x() != b.x() ? a.x() < b.x() : a.y() < b.y();
  });
  constexpr double flat = 1e-9;  // mm²
  std::vector<Vector2d> hull;
  const auto side = [&hull](auto from, auto to) {
    const std::size_t start = hull.size();
    for (auto p = from; p != to; ++p) {
      while (hull.size() >= start + 2 && turn(hull[hull.size() - 2], hull.back(), *p) <= flat)
        hull.pop_back();
      hull.push_back(*p);
    }
    hull.pop_back();  // the next side begins with it
  };
  side(points.begin(), points.end());
  side(points.rbegin(), points.rend());
  return hull;
}

}  // namespace

std::optional<planning::DangerZone> dangerFrom(const tracking::PossibleZone& zone, std::string name,
                                               const ImageGeometry& geometry,
                                               const imaging::ImagingRegion& region,
                                               const planning::Plan& plan,
                                               const Eigen::Affine2d& planMotion) {
  const planning::ProbeChoice probe = planning::chooseProbe(plan.probe, region.probe);
  const auto frame = planning::PictureFrame::find(geometry, region, probe.side);
  if (!frame || !frame->scaled() || zone.outlinePx.size() < 3) return std::nullopt;
  const Eigen::Affine2d back = planMotion.inverse();
  std::vector<Vector2d> points;
  // What reaches above the face is out of the plan's room (docs/schemas/plan.schema.json), and of the
  // blade's.
  const Vector2d least(-100, 0), most(100, 200);
  for (const Vector2d& px : zone.outlinePx)
    points.emplace_back(frame->fromPx(back * px).cwiseMax(least).cwiseMin(most));
  planning::DangerZone danger;
  danger.name = std::move(name);
  danger.kind =
      zone.kind == imaging::StructureKind::Nerve ? planning::DangerKind::Nerve : planning::DangerKind::Vessel;
  danger.marginMm = possibleMarginMm;
  planning::Polygon polygon;
  for (const Vector2d& p : hullOf(std::move(points))) polygon.points.push_back({p.x(), p.y()});
  if (polygon.points.size() < 3) return std::nullopt;
  danger.shape = std::move(polygon);
  return danger;
}

}  // namespace acuguide::guidance
