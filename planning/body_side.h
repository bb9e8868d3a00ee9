#pragma once

#include "planning/locate.h"

#include <string>

namespace acuguide::planning {

/// What the landmarks say of the side.
struct SideFinding {
  SideCheck check = SideCheck::CannotTell;
  std::string reason;  ///< one sentence
};

/// Compares the named side with the landmarks' handedness: on a right limb distal, lateral and anterior form
/// a right-handed triad (anterior x lateral . distal > 0), on a left one a left-handed one. Throws Error
/// where they contradict the side; cannot tell where too few are given or the three directions nearly lie in
/// a plane.
SideFinding checkSide(const Atlas& atlas, const PatientLandmarks& patient, BodySide side,
                      const std::string& where);

}  // namespace acuguide::planning
