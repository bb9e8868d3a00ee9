#pragma once

#include "assessment/metrics.h"
#include "assessment/needle_path.h"
#include "recording/session_record.h"

namespace acuguide::assessment {

/// Fills in what guidance says of one insertion: target, angle, depth, danger, course, strokes. `path`: the
/// needle's motion in these frames (may be empty).
void measureCourse(const recording::SessionRecord& record, PathPart path, InsertionMetrics& metrics);

/// Share (%) of the advance along the shaft that was made with the tip seen in the picture. None for an
/// advance of less than a millimetre.
std::optional<double> advanceTipSeen(const recording::SessionRecord& record, PathPart path);

}  // namespace acuguide::assessment
