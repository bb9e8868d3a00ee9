#include "planning/danger_zones.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace acuguide::planning {
namespace {

using Eigen::Vector2d;

Outline roundEllipse(const Ellipse& ellipse) {
  constexpr int sides = 72;
  const double outside = 1.0 / std::cos(std::numbers::pi / sides);
  // "Rises to the right" is towards the probe: against the depth axis.
  const Vector2d first(std::cos(ellipse.angle), -std::sin(ellipse.angle)), second(-first.y(), first.x());
  const Vector2d centre(ellipse.centre.lateralMm, ellipse.centre.depthMm);
  Outline outline;
  outline.reserve(sides);
  for (int i = 0; i < sides; ++i) {
    const double t = 2 * std::numbers::pi * i / sides;
    outline.push_back(centre + outside * (ellipse.radiusAcrossMm * std::cos(t) * first +
                                          ellipse.radiusAlongMm * std::sin(t) * second));
  }
  return outline;
}

double cross(const Vector2d& a, const Vector2d& b) { return a.x() * b.y() - a.y() * b.x(); }

double squaredDistance(const Vector2d& p, const Vector2d& a, const Vector2d& b) {
  const Vector2d ab = b - a;
  const double length2 = ab.squaredNorm();
  const double t = length2 > 0 ? std::clamp((p - a).dot(ab) / length2, 0.0, 1.0) : 0.0;
  return (p - (a + t * ab)).squaredNorm();
}

bool crossing(const Vector2d& a, const Vector2d& b, const Vector2d& c, const Vector2d& d) {
  return cross(b - a, c - a) * cross(b - a, d - a) < 0 && cross(d - c, a - c) * cross(d - c, b - c) < 0;
}

bool inside(const Vector2d& p, const Outline& outline) {
  bool in = false;
  for (std::size_t i = 0, j = outline.size() - 1; i < outline.size(); j = i++) {
    const Vector2d &a = outline[i], &b = outline[j];
    if ((a.y() > p.y()) != (b.y() > p.y()) &&
        p.x() < a.x() + (p.y() - a.y()) / (b.y() - a.y()) * (b.x() - a.x()))
      in = !in;
  }
  return in;
}

}  // namespace

Outline outlineOf(const DangerZone& zone) {
  if (const auto* ellipse = std::get_if<Ellipse>(&zone.shape)) return roundEllipse(*ellipse);
  Outline outline;
  for (const PicturePoint& p : std::get<Polygon>(zone.shape).points)
    outline.emplace_back(p.lateralMm, p.depthMm);
  return outline;
}

std::optional<double> shallowestAt(const Outline& outline, double lateralMm) {
  std::optional<double> shallowest;
  for (std::size_t i = 0, j = outline.size() - 1; i < outline.size(); j = i++) {
    const Vector2d &a = outline[j], &b = outline[i];
    if ((a.x() > lateralMm) == (b.x() > lateralMm)) continue;
    const double depth = a.y() + (lateralMm - a.x()) / (b.x() - a.x()) * (b.y() - a.y());
    shallowest = std::min(shallowest.value_or(depth), depth);
  }
  return shallowest;
}

double distanceTo(const Outline& outline, const Shaft& shaft) {
  if (outline.empty()) return std::numeric_limits<double>::infinity();
  if (inside(shaft.tip, outline)) return 0.0;
  // Two segments that do not cross are nearest at an end of one of them.
  double nearest2 = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0, j = outline.size() - 1; i < outline.size(); j = i++) {
    const Vector2d &a = outline[j], &b = outline[i];
    if (crossing(shaft.tip, shaft.end, a, b)) return 0.0;
    nearest2 = std::min({nearest2, squaredDistance(shaft.tip, a, b), squaredDistance(shaft.end, a, b),
                         squaredDistance(b, shaft.tip, shaft.end)});
  }
  return std::max(0.0, std::sqrt(nearest2) - shaft.halfWidth);
}

}  // namespace acuguide::planning
