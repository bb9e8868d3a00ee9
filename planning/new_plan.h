#pragma once

#include "planning/plan.h"

#include <string>

namespace acuguide::planning {

/// A valid plan to start from: target at the textbook's reference depth on the centre line (its note says
/// so), depth limit at the end of that range, a blade of the library long enough for an entry at 40 degrees,
/// no dangers: those are this patient's. A point without a reference depth starts on the deep aponeurosis.
/// Throws Error for an unknown code.
Plan newPlan(const std::string& acupoint, BodySide side);

}  // namespace acuguide::planning
