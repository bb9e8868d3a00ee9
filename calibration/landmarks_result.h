#pragma once

#include "calibration/landmarks.h"
#include "calibration/report.h"
#include "calibration/result.h"

namespace acuguide::calibration {

Result landmarksResult(const LandmarkSummary& summary);
Report landmarksReport(const LandmarkSummary& summary, const Result& result);

}  // namespace acuguide::calibration
