#pragma once

#include "calibration/report/report.h"
#include "calibration/report/result.h"
#include "calibration/tools/landmarks.h"

namespace acuguide::calibration {

Result landmarksResult(const LandmarkSummary& summary);
Report landmarksReport(const LandmarkSummary& summary, const Result& result);

}  // namespace acuguide::calibration
