#pragma once

#include "planning/plan.h"

#include <Eigen/Core>

#include <optional>
#include <string>
#include <vector>

namespace acuguide::planning {

// The rotation of the blade's edge about the needle's axis, as a clock face seen from the handle along the
// needle: twelve o'clock is straight through the picture (away from one who faces it), three o'clock lies in
// the picture, on its right (for an upright needle: the picture's right). Radians clockwise, [0, pi), for a
// blade has two ends.

/// What the direction follows.
enum class BladeRule { Unknown, ByHand, NerveOrVessel, MeasuredFibres, AtlasFibres };

struct BladeDirection {
  BladeRule rule = BladeRule::Unknown;
  std::optional<double> clock;  ///< radians; none: see `note`
  std::string follows;          ///< "median nerve", "fibres of tibialis anterior"
  bool general = false;         ///< rests on general knowledge of how things run on a limb
  std::string conflict;         ///< one sentence where nerve and fibres, or two nerves, disagree; else empty
  std::string note;             ///< why there is none, or what to mind; else empty
};

/// Direction of a structure in the picture: x lateral, y depth, z = x cross y, through the picture.
std::optional<double> clockOf(const Eigen::Vector3d& course, const Eigen::Vector3d& needleAxis);

/// Wanted: parallel to nerve and vessel first, else to the muscle fibres; nerve and vessel win where they
/// conflict, and the conflict is named. Nerves and vessels are the plan's danger zones and, where none is
/// drawn, those of the atlas; their course is the zone's own, else the atlas's for a picture that lies as the
/// plan says. Fibres are those measured in a longitudinal picture, else the atlas's. `needle`: unit vector
/// along the blade in the plan's plane (lateral, depth), from handle to tip.
BladeDirection wantedBlade(const Plan& plan, const Eigen::Vector2d& needle,
                           const std::optional<imaging::FibreDirection>& fibres = std::nullopt);

/// The needle the plan wants: its entry side and angle, upright where they are open.
Eigen::Vector2d plannedNeedle(const Plan& plan);

/// Smallest angle between two blade directions, radians, 0 to pi/2.
double between(double clock, double other);

/// "parallel to the median nerve, 12 o'clock; ...", for a person.
std::string describe(const BladeDirection& blade);
/// "12:00", "1:30": the hour of a direction.
std::string clockText(double clock);

}  // namespace acuguide::planning
