#pragma once

#include "calibration/temporal/time_lag.h"

#include <Eigen/Core>

#include <vector>

namespace acuguide::calibration {

/// A pose and when it was measured.
struct TimedPose {
  double seconds = 0.0;
  Eigen::Matrix4d pose = Eigen::Matrix4d::Identity();  ///< mm
};

/// How a tool moved, along the straight line it moved along most.
struct PrincipalMotion {
  Signal positionMm;                                ///< along the axis, from the mean position
  Eigen::Vector3d axis = Eigen::Vector3d::UnitZ();  ///< a unit vector in the frame the poses map to
  double swingMm = 0.0;                             ///< from end to end, the outermost 2 % left out
  double share = 0.0;                               ///< of the motion's variance that lies along the axis
};

/// First principal component of the positions measured between `from` and `to` (seconds); all poses are then
/// projected on it. Fewer than two poses in that time: no motion.
PrincipalMotion principalMotion(const std::vector<TimedPose>& poses, double from, double to);

}  // namespace acuguide::calibration
