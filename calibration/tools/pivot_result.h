#pragma once

#include "calibration/report/report.h"
#include "calibration/report/result.h"
#include "calibration/tools/pivot.h"

#include <optional>
#include <string>

namespace acuguide::calibration {

/// A pivot calibration with where its poses came from.
struct PivotCalibration {
  PivotSummary pivot;
  std::string poseName;  ///< "StylusToReference"; empty for plain matrices
  int invalid = 0;       ///< poses flagged INVALID (or not there), left out beforehand
  std::optional<SpinSummary> spin;
};

Result pivotResult(const PivotCalibration& calibration);
Report pivotReport(const PivotCalibration& calibration, const Result& result);

}  // namespace acuguide::calibration
