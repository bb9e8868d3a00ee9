#pragma once

#include "calibration/report/report.h"

#include <cmath>
#include <string>

namespace acuguide::calibration {

/// A share for a sentence: 0.41 is "41 %".
inline std::string percent(double share) { return fixed(100.0 * share, 0) + " %"; }

/// The cause where poses belong to pictures `lag` seconds earlier (positive: the poses are late).
inline std::string lagSentence(double lag) {
  return "pictures and poses are not in step: the poses are about " + fixed(std::abs(lag), 2) + " s " +
         (lag > 0 ? "late" : "early") + " (run acuguide calibrate temporal and record again)";
}

}  // namespace acuguide::calibration
