#pragma once

#include "calibration/report/report.h"
#include "calibration/report/result.h"

#include <filesystem>

namespace acuguide::apps {

/// Writes the result and its report, tells the verdict on standard output, and returns the exit code.
int concludeCalibration(const calibration::Result& result, const calibration::Report& report,
                        const std::filesystem::path& out);

}  // namespace acuguide::apps
