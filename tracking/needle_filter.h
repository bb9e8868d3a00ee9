#pragma once

#include "imaging/frame_analysis.h"

#include <Eigen/Core>

namespace acuguide::tracking {

/// How a needle may move between frames, and how far its measurements are trusted.
struct NeedleMotion {
  double accelerationPx =
      1000.0;               ///< px/s^2, standard deviation of the tip's unknown acceleration along the shaft
  double acrossPx = 400.0;  ///< and across it: a needle goes in and out, the rest is the probe's motion
  double speedPx = 400.0;   ///< px/s a tip may reach unexpectedly: widens the gate, not the filter
  double angularAcceleration = 4.0;   ///< rad/s^2, of the line
  double angularSpeed = 1.5;          ///< rad/s it may turn unexpectedly
  double lengthDrift = 150.0;         ///< px/s, of the visible length
  double velocityFadeSeconds = 0.15;  ///< unobserved, the velocity fades with this time constant
  double leastTipSigmaPx = 1.0;       ///< no candidate is trusted better than this along the shaft,
  double leastLateralSigmaPx = 0.5;   ///< this across it,
  double leastAngleSigma = 0.004;     ///< and this in direction
  double leastFrameSeconds = 1e-3;    ///< two different frames are at least this far apart
  double surprise =
      3.0;  ///< squared Mahalanobis distance of an innovation at which the filter starts to let go
};

/// Kalman filter on the tip (position and velocity), the line's direction (angle and rate) and the visible
/// length of one needle. The tip is measured with the candidate's own uncertainty along and across the shaft.
/// An innovation that the constant-velocity model cannot explain widens the covariance along itself until it
/// is only `surprise` surprising (rank one; compare the strong tracking filter of Zhou & Frank, Int. J.
/// Control, 1996): a still needle is smoothed, a fast one followed without lag.
class NeedleFilter {
 public:
  NeedleFilter(const imaging::NeedleCandidate& first, const NeedleMotion& motion);

  /// Starts with the velocity between two sightings.
  NeedleFilter(const imaging::NeedleCandidate& earlier, const imaging::NeedleCandidate& later, double seconds,
               const NeedleMotion& motion);

  void predict(double seconds, bool observedBefore);
  void update(const imaging::NeedleCandidate& seen);
  /// Time runs the other way from now on (a replay stepping back).
  void reverse();

  /// Squared Mahalanobis distances (3 degrees of freedom) of a candidate from the prediction.
  double distance(const imaging::NeedleCandidate& seen) const;
  /// The same when a needle may have jumped as fast as it ever does within `seconds`.
  double distanceAfterJump(const imaging::NeedleCandidate& seen, double seconds) const;

  Eigen::Vector2d tipPx() const { return tip_.head<2>(); }
  Eigen::Vector2d tailPx() const;
  Eigen::Vector2d velocityPx() const { return tip_.tail<2>(); }
  Eigen::Matrix2d tipCovariancePx() const { return tipCovariance_.topLeftCorner<2, 2>(); }

 private:
  struct Measurement;
  Measurement measure(const imaging::NeedleCandidate& seen) const;
  double distance(const imaging::NeedleCandidate& seen, double positionVariance, double angleVariance) const;
  void updateTip(const Measurement& seen);
  void updateAngle(const Measurement& seen);

  NeedleMotion motion_;
  Eigen::Vector4d tip_ = Eigen::Vector4d::Zero();  ///< x, y in px, their velocities in px/s
  Eigen::Matrix4d tipCovariance_ = Eigen::Matrix4d::Zero();
  Eigen::Vector2d angle_ =
      Eigen::Vector2d::Zero();  ///< of the direction tail-tip, atan2(dy, dx), and its rate
  Eigen::Matrix2d angleCovariance_ = Eigen::Matrix2d::Zero();
  double length_ = 0.0;
  double lengthVariance_ = 0.0;
};

}  // namespace acuguide::tracking
