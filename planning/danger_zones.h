#pragma once

#include "planning/plan.h"

#include <Eigen/Core>

#include <optional>
#include <vector>

namespace acuguide::planning {

using Outline = std::vector<Eigen::Vector2d>;  ///< closed: the last point joins the first

/// The zone's edge in the plan's own plane (lateral, depth), mm. An ellipse becomes a polygon drawn round it
/// (never inside, at most 0.1 % larger), so that no distance to it is overstated.
Outline outlineOf(const DangerZone& zone);

/// Depth at which a vertical line at this lateral position first meets the outline; none when it does not.
std::optional<double> shallowestAt(const Outline& outline, double lateralMm);

/// A straight shaft of a width: all points within `halfWidth` of the segment.
struct Shaft {
  Eigen::Vector2d tip = Eigen::Vector2d::Zero();
  Eigen::Vector2d end = Eigen::Vector2d::Zero();
  double halfWidth = 0.0;
};

/// From the shaft's surface to the outline; 0 when they touch or the shaft is inside.
double distanceTo(const Outline& outline, const Shaft& shaft);

}  // namespace acuguide::planning
