#pragma once

#include <Eigen/Core>

#include <optional>

namespace acuguide::guidance {

/// The blade as a directed line in a PictureFrame (lateral, depth).
struct Blade {
  Eigen::Vector2d tip = Eigen::Vector2d::Zero();
  Eigen::Vector2d direction = Eigen::Vector2d::UnitX();  ///< unit, from the tail to the tip
};

/// How a blade lies to a target. Lengths in the frame's unit, angles in radians.
struct Course {
  double toTarget = 0.0;  ///< straight from the tip
  double toGo =
      0.0;  ///< along the blade's line to the point of it nearest the target; negative: it lies behind
  double lateral = 0.0;  ///< of that point from the target; positive: the line passes to the target's right
  Eigen::Vector2d across = Eigen::Vector2d::UnitX();  ///< the unit vector along which `lateral` counts
  double steepness =
      0.0;  ///< of the blade to the probe face, counted from its heading: above pi/2 it leans back
  double angleError = 0.0;  ///< positive: steeper than the line from the tip to the target
};

/// `headingRight`: the blade goes to the picture's right as it goes in. It decides what "steeper" means
/// beyond the perpendicular, and must not change with every wobble of an upright blade.
Course courseTo(const Eigen::Vector2d& target, const Blade& blade, bool headingRight);

/// The heading of a blade; within 10 degrees of upright the one it had, or the planned one, or what its line
/// says.
bool headingOf(const Blade& blade, std::optional<bool> before, std::optional<bool> planned);

}  // namespace acuguide::guidance
