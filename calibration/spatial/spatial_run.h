#pragma once

#include "calibration/report/findings.h"
#include "calibration/report/report.h"
#include "calibration/report/result.h"
#include "calibration/spatial/spatial_calibration.h"

#include <filesystem>
#include <functional>
#include <string>

namespace acuguide::calibration {

/// What a spatial calibration is made from.
struct SpatialRequest {
  std::filesystem::path phantom;
  std::string calibration, validation;  ///< files
  SpatialOptions options;
};

/// How a recorded sweep is read; the rooms that know sources are further down. Throws Error, and Cancelled.
using SweepReader = std::function<Sweep(const std::string& file, const Watch& watch)>;

/// What comes out: for a person, for other programs, on paper.
struct SpatialRun {
  Findings findings;
  Result result;
  Report report{""};
};

/// From files to result, whatever the phantom's kind: what `acuguide calibrate spatial` and the bench window
/// both do. Writes nothing. Throws Error for input that cannot be used, Cancelled when that is asked for.
SpatialRun runSpatial(const SpatialRequest& request, const SweepReader& read, const Watch& watch = {});

}  // namespace acuguide::calibration
