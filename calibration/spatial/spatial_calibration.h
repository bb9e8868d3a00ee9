#pragma once

#include "calibration/report/findings.h"
#include "calibration/report/report.h"
#include "calibration/report/result.h"
#include "calibration/spatial/spatial_errors.h"
#include "calibration/spatial/spatial_observations.h"
#include "calibration/spatial/spatial_solver.h"

#include <string>
#include <vector>

namespace acuguide::calibration {

struct SpatialOptions {
  double limitMm = 1.0;          ///< acceptance: mean distance of the validation's points to their wires
  std::size_t leastFrames = 12;  ///< fewer frames in use are too few
  double leastRotation = 0.012;  ///< rad, rms: poses turned less than this are one orientation
  double leastShare = 0.5;       ///< of a sweep's frames that must show every wire
  int validDays = 180;           ///< how long a result may be used
  SpatialSolverOptions solver;
};

/// How one sweep went.
struct SweepOutcome {
  std::string name;
  SweepObservations observations;
  SpatialErrors errors;
};

/// A spatial calibration with everything its report tells.
struct SpatialOutcome {
  Phantom phantom;
  SpatialOptions options;
  cv::Size imageSize;
  SpatialSolution solution;
  Eigen::Matrix4d closedForm = Eigen::Matrix4d::Identity();  ///< cross-check, as PLUS would have it
  SweepOutcome calibration, validation;
  bool usable = false;
  std::string verdict;  ///< one sentence
  std::vector<std::string>
      reasons;        ///< why not usable, most likely cause first; or what to know of a usable one
  Findings findings;  ///< frame by frame
};

/// Calibrates where the picture lies at the probe from a sweep over an N-wire phantom and judges it on a
/// second one. Throws Error for input that cannot be worked on: see trackedPictures(); sweeps of different
/// sizes; no wires found. A calibration that went wrong is an outcome that is not usable, with the likely
/// cause. Throws Cancelled when the watch asks for the end.
SpatialOutcome calibrateSpatial(const Phantom& phantom, const Sweep& calibration, const Sweep& validation,
                                const SpatialOptions& options = {}, const Watch& watch = {});

/// The spatial keys of RESULT.json (INTERFACES) and the page for a person.
Result spatialResult(const SpatialOutcome& outcome);
Report spatialReport(const SpatialOutcome& outcome, const std::vector<InputFile>& inputs);

}  // namespace acuguide::calibration
