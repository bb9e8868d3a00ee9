#pragma once

#include <Eigen/Geometry>

#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

namespace acuguide::calibration::test {

struct PivotRecording {
  int poses = 200;
  Eigen::Vector3d tipMm = Eigen::Vector3d(3.0, -2.0, 180.0);
  Eigen::Vector3d pivotMm = Eigen::Vector3d(120.0, -340.0, -1250.0);
  double tiltDeg = 35.0;        ///< largest tilt in x
  double secondTiltDeg = 35.0;  ///< and in y
  double spinDeg = 40.0;        ///< largest turn about the shaft
  double positionNoiseMm = 0.25;
  double angleNoiseDeg = 0.1;
  double memory = 0.0;     ///< of an error from pose to pose: 0.9 lasts for some twenty
  double wildShare = 0.0;  ///< replaced by a random pose near the true ones
  std::uint32_t seed = 1;
};

inline Eigen::Matrix3d turn(double degrees, const Eigen::Vector3d& axis) {
  return Eigen::AngleAxisd(degrees * M_PI / 180.0, axis).toRotationMatrix();
}

/// Poses of a stylus stirred about its resting tip.
inline std::vector<Eigen::Matrix4d> simulate(const PivotRecording& recording) {
  std::mt19937 random(recording.seed);
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<double> uniform(-1.0, 1.0);
  std::vector<Eigen::Matrix4d> poses;
  Eigen::Matrix<double, 6, 1> error;
  for (double& one : error) one = normal(random);
  const double fresh = std::sqrt(1.0 - recording.memory * recording.memory);
  for (int i = 0; i < recording.poses; ++i) {
    const double phase = 2.0 * M_PI * i / 50.0;
    const double reach = 0.3 + 0.7 * std::abs(std::sin(0.11 * i));
    Eigen::Matrix3d rotation =
        turn(recording.tiltDeg * reach * std::cos(phase), Eigen::Vector3d::UnitX()) *
        turn(recording.secondTiltDeg * reach * std::sin(phase), Eigen::Vector3d::UnitY()) *
        turn(recording.spinDeg * std::sin(0.07 * i), Eigen::Vector3d::UnitZ());
    Eigen::Vector3d position = recording.pivotMm - rotation * recording.tipMm;
    if (0.5 * (uniform(random) + 1.0) < recording.wildShare) {
      rotation = rotation * turn(60.0 * uniform(random), Eigen::Vector3d::UnitX()) *
                 turn(60.0 * uniform(random), Eigen::Vector3d::UnitY());
      position += 100.0 * Eigen::Vector3d(uniform(random), uniform(random), uniform(random));
    }
    for (double& one : error) one = recording.memory * one + fresh * normal(random);
    for (int axis = 0; axis < 3; ++axis)
      rotation = rotation * turn(recording.angleNoiseDeg * error[axis], Eigen::Vector3d::Unit(axis));
    Eigen::Matrix4d pose = Eigen::Matrix4d::Identity();
    pose.topLeftCorner<3, 3>() = rotation;
    pose.topRightCorner<3, 1>() = position + recording.positionNoiseMm * error.tail<3>();
    poses.push_back(pose);
  }
  return poses;
}

}  // namespace acuguide::calibration::test
