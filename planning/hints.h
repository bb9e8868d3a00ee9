#pragma once

#include "planning/course.h"
#include "planning/guidance.h"
#include "planning/picture_frame.h"

#include <vector>

namespace acuguide::planning {

/// What the hand has to do in this state, most important first. `withdrawMm` is how far to draw back to end a
/// Stop for a danger or for depth, where that is known.
std::vector<HintAmount> hintsFor(GuidanceState state, GuidanceReason reason, const PictureFrame& frame,
                                 const Blade& blade, const std::optional<Course>& course, double tolerance,
                                 std::optional<double> withdrawMm);

}  // namespace acuguide::planning
