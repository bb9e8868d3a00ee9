#pragma once

#include "calibration/spatial/spatial_run.h"

namespace acuguide::apps {

/// Reads sweeps from every kind of recorded source; a live one is refused.
calibration::SweepReader sweepReader();

}  // namespace acuguide::apps
