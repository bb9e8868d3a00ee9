#include "calibration/temporal/principal_motion.h"

#include <Eigen/Dense>

#include <algorithm>

namespace acuguide::calibration {
namespace {

Eigen::Vector3d positionOf(const TimedPose& pose) { return pose.pose.topRightCorner<3, 1>(); }

double swing(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t cut = values.size() / 100;
  return values[values.size() - 1 - cut] - values[cut];
}

}  // namespace

PrincipalMotion principalMotion(const std::vector<TimedPose>& poses, double from, double to) {
  PrincipalMotion motion;
  const auto inTime = [&](const TimedPose& pose) { return pose.seconds >= from && pose.seconds <= to; };
  const auto count = std::count_if(poses.begin(), poses.end(), inTime);
  if (count < 2) return motion;

  Eigen::Vector3d mean = Eigen::Vector3d::Zero();
  for (const TimedPose& pose : poses)
    if (inTime(pose)) mean += positionOf(pose) / double(count);
  Eigen::Matrix3d spread = Eigen::Matrix3d::Zero();
  for (const TimedPose& pose : poses)
    if (inTime(pose)) spread += (positionOf(pose) - mean) * (positionOf(pose) - mean).transpose();
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> eigen(spread);
  motion.axis = eigen.eigenvectors().col(2);
  motion.share = spread.trace() > 0.0 ? eigen.eigenvalues()[2] / spread.trace() : 0.0;

  std::vector<double> within;
  for (const TimedPose& pose : poses) {
    motion.positionMm.add(pose.seconds, motion.axis.dot(positionOf(pose) - mean));
    if (inTime(pose)) within.push_back(motion.positionMm.values.back());
  }
  motion.swingMm = swing(std::move(within));
  return motion;
}

}  // namespace acuguide::calibration
