#include "benchmarks/calibration_study/pivot_peers.h"

#include <Eigen/Dense>

#include <cmath>
#include <random>

namespace acuguide::benchmarks {
namespace {

using Poses = std::vector<Eigen::Matrix4d>;
using Vector6 = Eigen::Matrix<double, 6, 1>;

Vector6 oneStep(const Poses& poses) {
  Eigen::MatrixXd rows(3 * poses.size(), 6);
  Eigen::VectorXd right(3 * poses.size());
  for (std::size_t i = 0; i < poses.size(); ++i) {
    const auto row = static_cast<Eigen::Index>(3 * i);
    rows.block<3, 3>(row, 0) = poses[i].topLeftCorner<3, 3>();
    rows.block<3, 3>(row, 3) = -Eigen::Matrix3d::Identity();
    right.segment<3>(row) = -poses[i].topRightCorner<3, 1>();
  }
  return rows.colPivHouseholderQr().solve(right);
}

double errorOf(const Eigen::Matrix4d& pose, const Vector6& solution) {
  return ((pose * solution.head<3>().homogeneous()).head<3>() - solution.tail<3>()).norm();
}

}  // namespace

Eigen::Vector3d algebraicOneStep(const Poses& poses) { return oneStep(poses).head<3>(); }

Eigen::Vector3d sphereFit(const Poses& poses) {
  // |t|^2 = 2 c t + (r^2 - |c|^2): linear, from the mean to keep the digits.
  Eigen::Vector3d mean = Eigen::Vector3d::Zero();
  for (const auto& pose : poses) mean += pose.topRightCorner<3, 1>() / double(poses.size());
  Eigen::MatrixXd rows(poses.size(), 4);
  Eigen::VectorXd right(poses.size());
  for (std::size_t i = 0; i < poses.size(); ++i) {
    const Eigen::Vector3d at = poses[i].topRightCorner<3, 1>() - mean;
    const auto row = static_cast<Eigen::Index>(i);
    rows.row(row) << 2 * at.transpose(), 1.0;
    right[row] = at.squaredNorm();
  }
  const Eigen::Vector4d solved = rows.colPivHouseholderQr().solve(right);
  const Eigen::Vector3d centre = mean + solved.head<3>();
  Eigen::Vector3d tip = Eigen::Vector3d::Zero();
  for (const auto& pose : poses)
    tip += (pose.inverse() * centre.homogeneous()).head<3>() / double(poses.size());
  return tip;
}

Eigen::Vector3d ransacOneStep(const Poses& poses) {
  constexpr int iterations = 100;
  constexpr double nearMm = 4.0;
  std::mt19937 random(1);
  Poses most;
  for (int i = 0; i < iterations; ++i) {
    const Poses three{poses[random() % poses.size()], poses[random() % poses.size()],
                      poses[random() % poses.size()]};
    const Vector6 solution = oneStep(three);
    Poses near;
    for (const auto& pose : poses)
      if (errorOf(pose, solution) < nearMm) near.push_back(pose);
    if (near.size() > most.size()) most = near;
  }
  return oneStep(most.size() >= 3 ? most : poses).head<3>();
}

Eigen::Vector3d plusPivot(const Poses& poses) {
  Poses kept = poses;
  Vector6 solution = oneStep(kept);
  for (int round = 0; round < 20; ++round) {
    double squares = 0;
    for (const auto& pose : kept) squares += std::pow(errorOf(pose, solution), 2);
    const double limit = 3 * std::sqrt(squares / double(kept.size()));
    Poses near;
    for (const auto& pose : kept)
      if (errorOf(pose, solution) <= limit) near.push_back(pose);
    if (near.size() == kept.size() || near.size() < 10) break;
    kept = near;
    solution = oneStep(kept);
  }
  return solution.head<3>();
}

}  // namespace acuguide::benchmarks
