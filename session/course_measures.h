#pragma once

#include "session/metrics.h"
#include "session/needle_path.h"
#include "session/session_record.h"

namespace acuguide::session {

/// Fills in what guidance says of one insertion: target, angle, depth, danger, course, strokes. `path`: the
/// needle's motion in these frames (may be empty).
void measureCourse(const SessionRecord& record, PathPart path, InsertionMetrics& metrics);

/// Share (%) of the advance along the shaft that was made with the tip seen in the picture. None for an
/// advance of less than a millimetre.
std::optional<double> advanceTipSeen(const SessionRecord& record, PathPart path);

}  // namespace acuguide::session
