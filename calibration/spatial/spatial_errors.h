#pragma once

#include "calibration/spatial/n_wire.h"

#include <vector>

namespace acuguide::calibration {

/// Figures of a set of errors: population standard deviation, 95th percentile.
struct ErrorSummary {
  std::size_t n = 0;
  double mean = 0, sd = 0, rms = 0, p95 = 0, max = 0;
};
ErrorSummary summarise(std::vector<double> errors);

/// The errors of one frame under a calibration.
struct FrameErrors {
  std::vector<double> pointToWireMm;      ///< one a wire: seen point, taken to the phantom, to its wire
  std::vector<double> reprojectionPx;     ///< one a wire: seen point to where the image plane cuts the wire
  std::vector<Eigen::Vector2d> offsetPx;  ///< that, seen minus expected
  std::vector<double>
      error3dMm;  ///< one a N: seen middle point to where the N's own ratio puts it (PLUS's 3D error)
};
FrameErrors errorsOf(const Phantom& phantom, const WireObservation& observation,
                     const Eigen::Matrix4d& imageToProbe);

/// The measures of INTERFACES over all frames, never mixed: each has its own definition.
struct SpatialErrors {
  std::vector<FrameErrors> frames;
  ErrorSummary pointToWireMm, reprojectionPx, error3dMm;
  double plusMean = 0, plusSd = 0;  ///< of error3dMm with the worst 5 % dropped, as PLUS reports it
};
SpatialErrors spatialErrors(const Phantom& phantom, const std::vector<WireObservation>& observations,
                            const Eigen::Matrix4d& imageToProbe);

/// Maps (x, y, 1) in px to the phantom, mm.
Eigen::Matrix3d pixelToPhantom(const WireObservation& observation, const Eigen::Matrix4d& imageToProbe);

double meanPointToWireMm(const Phantom& phantom, const WireObservation& observation,
                         const Eigen::Matrix4d& imageToProbe);

}  // namespace acuguide::calibration
