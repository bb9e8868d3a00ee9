#pragma once

#include "calibration/report/findings.h"
#include "calibration/report/report.h"
#include "calibration/report/result.h"
#include "calibration/spatial/fixed_feature.h"
#include "calibration/spatial/spatial_calibration.h"

#include <vector>

namespace acuguide::calibration {

/// One sweep over a point or a wall.
struct FeatureSweep {
  std::vector<FeatureSighting> seen;
  std::vector<FeatureErrors> errors;  ///< one a sighting
  std::size_t total = 0;
  Eigen::Vector3d pointMm, normal;  ///< where the feature lies, in the reference
  ErrorSummary distanceMm, reprojectionPx;
};

/// A spatial calibration from a phantom of one point or one wall.
struct FeatureOutcome {
  Phantom phantom;
  SpatialOptions options;
  FixedFeatureSolution solution;
  bool crossing = false;  ///< the point is where two long wires cross, not a spot
  FeatureSweep calibration, validation;
  Findings findings;
};

/// Finds the point (the brightest spot, or where two long wires cross, whichever stays where it is) or the
/// wall (the line that moves) in every frame, calibrates by solveFixedFeature(), and judges on the second
/// sweep, for which the feature may lie elsewhere: what counts is how well all its frames agree on one place
/// (Prager's precision). Throws Error as calibrateSpatial() does.
FeatureOutcome calibrateFeature(const Phantom& phantom, const Sweep& calibration, const Sweep& validation,
                                const SpatialOptions& options = {}, const Watch& watch = {});

/// The keys of INTERFACES's spatial result, and the page. `pointToWireMm` holds the distances to the point or
/// wall; `error3dMm` is that of a point, and has n = 0 for a wall, which tells one direction only.
Result featureResult(const FeatureOutcome& outcome);
Report featureReport(const FeatureOutcome& outcome, const std::vector<InputFile>& inputs);

}  // namespace acuguide::calibration
