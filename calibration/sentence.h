#pragma once

#include "calibration/report/report.h"

#include <string>

namespace acuguide::calibration {

/// A share for a sentence: 0.41 is "41 %".
inline std::string percent(double share) { return fixed(100.0 * share, 0) + " %"; }

}  // namespace acuguide::calibration
