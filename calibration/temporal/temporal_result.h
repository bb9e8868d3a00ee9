#pragma once

#include "calibration/report/report.h"
#include "calibration/report/result.h"
#include "calibration/temporal/temporal.h"

#include <string>

namespace acuguide::calibration {

/// A temporal calibration with where its poses came from.
struct TemporalCalibration {
  TemporalSummary summary;
  VideoMotion video;
  std::string poseName;
  int poses = 0;
  int invalid = 0;  ///< poses flagged INVALID (or not there), left out beforehand
};

Result temporalResult(const TemporalCalibration& calibration);
Report temporalReport(const TemporalCalibration& calibration, const Result& result);

}  // namespace acuguide::calibration
