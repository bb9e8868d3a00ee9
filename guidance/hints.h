#pragma once

#include "guidance/course.h"
#include "guidance/guidance.h"
#include "planning/picture_frame.h"

#include <vector>

namespace acuguide::guidance {

/// What the hand has to do in this state, most important first. `withdrawMm` is how far to draw back to end a
/// Stop for a danger or for depth, where that is known.
std::vector<HintAmount> hintsFor(GuidanceState state, GuidanceReason reason,
                                 const planning::PictureFrame& frame, const Blade& blade,
                                 const std::optional<Course>& course, double tolerance,
                                 std::optional<double> withdrawMm);

}  // namespace acuguide::guidance
