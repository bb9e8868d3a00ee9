#pragma once

#include "calibration/spatial/spatial_errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace acuguide::calibration {

// What the RESULT.json of every spatial calibration has in common, whatever its phantom.

inline nlohmann::ordered_json summaryJson(const ErrorSummary& s) {
  return {{"n", s.n}, {"mean", s.mean}, {"sd", s.sd}, {"rms", s.rms}, {"p95", s.p95}, {"max", s.max}};
}

/// Between the picture's x and y at the probe.
inline double axisAngleDeg(const Eigen::Matrix4d& imageToProbe) {
  const Eigen::Vector3d x = imageToProbe.block<3, 1>(0, 0), y = imageToProbe.block<3, 1>(0, 1);
  return std::acos(std::clamp(x.normalized().dot(y.normalized()), -1.0, 1.0)) * 180 / std::numbers::pi;
}

}  // namespace acuguide::calibration
