#pragma once

#include "core/pose.h"

#include <Eigen/Core>

#include <string>
#include <vector>

namespace acuguide::calibration {

/// What kind of fault makes most of `poses` no rigid poses: a mirrored axis, a scale, transposed matrices
/// (the translation in the last row), numbers that are not finite. Empty when at least half are rigid.
std::string whyNotRigid(const std::vector<Eigen::Matrix4d>& poses);

/// Share of the poses that are the same, to the last digit, as the one before: a tracker that repeats what it
/// saw last.
double repeatedShare(const std::vector<Eigen::Matrix4d>& poses);

/// Angle of the rotation from a to b, radians.
double rotationBetween(const Eigen::Matrix4d& a, const Eigen::Matrix4d& b);

}  // namespace acuguide::calibration
