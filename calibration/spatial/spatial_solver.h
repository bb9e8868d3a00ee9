#pragma once

#include "calibration/spatial/n_wire.h"

#include <Eigen/Core>

#include <vector>

namespace acuguide::calibration {

/// How well single measurements are trusted, relative to each other.
///
/// All dots of a frame share the error of its pose. Were that ignored, the fit would tilt the image plane to
/// follow poses rather than dots: the distance to the wires in the calibration frames falls a little and
/// everything else rises. The pose error here is about a third of a typical tracker's: with its full size the
/// middle wires' 3D error falls further, at the cost of the distance to the wires (docs/calibration.md has
/// the figures for both).
struct SpatialSolverOptions {
  double dotSigmaMm = 0.2;
  double poseSigmaMm = 0.1;
  double poseSigmaRad = 0.002;
  bool estimateNoise = false;    ///< weigh by the noise that the data show, not by what is given here
  double dotLossMm = 0.5;        ///< where soft-L1 turns from square to straight, a dot
  double frameLossSigmas = 2.0;  ///< the same for a frame as a whole, in standard deviations
  double outlierFrame =
      3.5;  ///< frames whose mean distance lies so many robust sd above the median are left out
};

struct SpatialSolution {
  Eigen::Matrix4d imageToProbe =
      Eigen::Matrix4d::Identity();  ///< z: normal to the picture, as long as the mean of x, y
  Eigen::Vector2d spacingMm = Eigen::Vector2d::Ones();
  std::vector<bool> used;  ///< per observation; false for outlier frames
  struct Noise {
    double dotMm = 0.0, poseMm = 0.0, poseRad = 0.0;
  } noise;  ///< standard deviations, each axis, as the data show them
  /// Covariance of (rotation vector at the probe, rad; translation, mm; relative spacing x, y), from the
  /// noise as the data show it and from how far errors last from one frame to the next.
  Eigen::Matrix<double, 8, 8> covariance = Eigen::Matrix<double, 8, 8>::Zero();
  double freedom = 0.0;  ///< degrees of freedom behind the covariance

  /// Standard deviation (mm, all three directions) of where this pixel lies at the probe.
  double sigmaMm(const Eigen::Vector2d& px) const;
  /// Half the intervals, along the probe's axes, that hold this pixel's place with 95 %.
  Eigen::Vector3d half95Mm(const Eigen::Vector2d& px) const;
};

/// Rigid pose and two pixel scales that bring all wires' dots closest to their wires: robust nonlinear least
/// squares (Ceres), from `start`. Needs at least four observations.
SpatialSolution solveSpatial(const Phantom& phantom, const std::vector<WireObservation>& observations,
                             const Eigen::Matrix4d& start, const SpatialSolverOptions& options = {});

}  // namespace acuguide::calibration
