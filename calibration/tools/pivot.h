#pragma once

#include <Eigen/Core>

#include <cstdint>
#include <string>
#include <vector>

namespace acuguide::calibration {

struct PivotOptions {
  /// Acceptance: rms distance of the inliers' tips from the pivot point, mm.
  double acceptRmsMm = 1.0;
  /// Acceptance: standard deviation of the tip along its worst direction, mm.
  double acceptSigmaMm = 0.5;
  /// Acceptance: share of the poses that agree on one point.
  double acceptInlierShare = 0.5;
  /// Acceptance: the shaft must have been tilted this far to either side of its middle direction, and across
  /// that plane at least `acceptSecondTiltDeg`, degrees.
  double acceptTiltDeg = 15.0;
  double acceptSecondTiltDeg = 5.0;
  int minimumPoses = 10;
  /// A pose further off than so many standard deviations of the inliers is an outlier.
  double outlierSigmas = 4.0;
  int trials = 500;        ///< random samples of three poses
  std::uint32_t seed = 1;  ///< same poses, same answer
};

/// A pivot calibration: the tip of a tool rests in one point while the tool is tilted about it.
struct PivotSummary {
  Eigen::Vector3d tipMm = Eigen::Vector3d::Zero();    ///< in the tool's (marker's) frame
  Eigen::Vector3d pivotMm = Eigen::Vector3d::Zero();  ///< the resting point, in the frame the poses map to
  /// Standard deviations along the tool's axes; from the errors of the poses, neighbouring ones taken
  /// together.
  Eigen::Vector3d tipSigmaMm = Eigen::Vector3d::Zero();
  Eigen::Vector3d tip95Mm = Eigen::Vector3d::Zero();  ///< half the intervals that hold the tip with 95 %
  double worstSigmaMm = 0.0;                          ///< along the direction that is known least
  double rmsMm = 0.0;                                 ///< distance of every pose's tip from the pivot point
  double inlierRmsMm = 0.0;                           ///< the same, of the poses used
  int inliers = 0, total = 0;
  /// Largest over smallest singular value of the equations R tip - pivot = -t (tip and pivot in mm alike):
  /// how much worse the worst direction is known than the best. 2 is excellent, above 30 poor.
  double conditionNumber = 0.0;
  double tiltDeg = 0.0;            ///< half of the angle the shaft swept, in the plane in which it swept most
  double secondTiltDeg = 0.0;      ///< the same, across that plane
  double distanceNoiseMm = 0.0;    ///< rms change of the distance between marker and resting point
  double directionNoiseDeg = 0.0;  ///< rms error of the shaft's direction, about one axis across it
  double slipMm = 0.0;  ///< how far the resting point of the second half lies from that of the first
  bool usable = false;
  std::vector<std::string> reasons;  ///< why not, and the likely cause
  std::vector<double> errorMm;       ///< of each pose, in their order
  std::vector<bool> inlier;
};

/// poses: 4x4, tool to tracker (or reference), mm. The algebraic one-step solution (least squares on
/// R_i tip + t_i = pivot; Yaniv, "Which pivot calibration?", SPIE 2015) of random samples of three poses, the
/// one with the least median error kept (least median of squares, Rousseeuw 1984; holds to half of the poses
/// wild), then least squares on all poses that agree with it. With enough poses the last step weighs errors
/// by their covariance in the tool's frame, for a tip far from its marker swings across the shaft much more
/// than along it, and is repeated until neither changes. The stated deviations come from the errors
/// themselves.
///
/// Throws Error (naming `where`) for fewer than three poses or matrices that are no poses. A solution that
/// is not fit for use is one with usable = false and its reasons.
PivotSummary calibratePivot(const std::vector<Eigen::Matrix4d>& poses, const std::string& where,
                            const PivotOptions& options = {});

/// A spin calibration: the tool is turned about its own shaft.
struct SpinSummary {
  Eigen::Vector3d direction = Eigen::Vector3d::UnitZ();  ///< of the shaft in the tool's frame, a unit vector
  Eigen::Vector3d pointMm = Eigen::Vector3d::Zero();     ///< of the shaft nearest the tool's origin
  double turnDeg = 0.0;                                  ///< how far it was turned in all
  double wobbleDeg = 0.0;                                ///< rms angle of the shaft from its mean direction
  double rmsMm = 0.0;  ///< rms distance of the shaft's point from its mean position, across the shaft
  int total = 0;
  bool usable = false;
  std::vector<std::string> reasons;
};

/// The direction that turns least: the right singular vector of the mean rotation with the largest singular
/// value. Throws Error as calibratePivot().
SpinSummary calibrateSpin(const std::vector<Eigen::Matrix4d>& poses, const std::string& where);

}  // namespace acuguide::calibration
