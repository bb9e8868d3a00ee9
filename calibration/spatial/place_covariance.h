#pragma once

#include <Eigen/Core>

namespace acuguide::calibration {

inline Eigen::Matrix3d crossMatrix(const Eigen::Vector3d& v) {
  Eigen::Matrix3d matrix;
  matrix << 0, -v.z(), v.y(), v.z(), 0, -v.x(), -v.y(), v.x(), 0;
  return matrix;
}

/// Covariance (mm², the probe's axes) of where a pixel lies at the probe. `covariance`: of (turn at the
/// probe, rad; translation, mm; relative spacing x, y).
inline Eigen::Matrix3d placeCovariance(const Eigen::Matrix4d& imageToProbe,
                                       const Eigen::Matrix<double, 8, 8>& covariance,
                                       const Eigen::Vector2d& px) {
  const Eigen::Vector3d x = imageToProbe.block<3, 1>(0, 0) * px.x(),
                        y = imageToProbe.block<3, 1>(0, 1) * px.y();
  Eigen::Matrix<double, 3, 8> jacobian;
  jacobian << -crossMatrix(x + y), Eigen::Matrix3d::Identity(), x, y;
  return jacobian * covariance * jacobian.transpose();
}

}  // namespace acuguide::calibration
