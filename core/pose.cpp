#include "core/pose.h"

#include <Eigen/Geometry>
#include <Eigen/LU>
#include <Eigen/SVD>

#include <cmath>

namespace acuguide {
namespace {

bool lastRowIsRight(const Eigen::Matrix4d& pose) {
  return (pose.row(3) - Eigen::RowVector4d(0, 0, 0, 1)).cwiseAbs().maxCoeff() < 1e-6;
}

/// The orthogonal factor of a matrix's axes, a rotation or a mirrored one.
Eigen::Matrix3d turnOf(const Eigen::Matrix3d& axes) {
  const Eigen::JacobiSVD<Eigen::Matrix3d> svd(axes, Eigen::ComputeFullU | Eigen::ComputeFullV);
  return svd.matrixU() * svd.matrixV().transpose();
}

}  // namespace

Eigen::Matrix4d poseBetween(const Eigen::Matrix4d& a, const Eigen::Matrix4d& b, double share) {
  if (a == b || share <= 0.0) return a;
  if (share >= 1.0) return b;
  if (!spansSpace(a) || !spansSpace(b)) return share < 0.5 ? a : b;
  const Eigen::Matrix3d axesA = a.topLeftCorner<3, 3>(), axesB = b.topLeftCorner<3, 3>();
  const Eigen::Matrix3d turnA = turnOf(axesA), turnB = turnOf(axesB);
  const Eigen::Matrix3d turn = turnA.transpose() * turnB;
  if (turn.determinant() < 0) return share < 0.5 ? a : b;  // one is the other's mirror image
  const Eigen::Quaterniond part = Eigen::Quaterniond::Identity().slerp(share, Eigen::Quaterniond(turn));
  const Eigen::Matrix3d stretch =
      (1.0 - share) * (turnA.transpose() * axesA) + share * (turnB.transpose() * axesB);
  Eigen::Matrix4d pose = (1.0 - share) * a + share * b;
  pose.topLeftCorner<3, 3>() = turnA * part.toRotationMatrix() * stretch;
  return pose;
}

bool spansSpace(const Eigen::Matrix4d& matrix) {
  if (!matrix.allFinite() || matrix.cwiseAbs().maxCoeff() > limits::kFarthestPoseMm) return false;
  const Eigen::Matrix3d axes = matrix.topLeftCorner<3, 3>();
  const double volume = axes.col(0).norm() * axes.col(1).norm() * axes.col(2).norm();
  return volume > 1e-12 && std::abs(axes.determinant()) > 0.5 * volume;
}

bool isRigid(const Eigen::Matrix4d& pose, double tolerance) {
  if (!pose.allFinite() || !lastRowIsRight(pose)) return false;
  const Eigen::Matrix3d rotation = pose.topLeftCorner<3, 3>();
  for (int i = 0; i < 3; ++i) {
    if (std::abs(rotation.col(i).norm() - 1.0) > tolerance) return false;
    if (std::abs(rotation.col(i).dot(rotation.col((i + 1) % 3))) > 2.0 * tolerance) return false;
  }
  return rotation.determinant() > 0;
}

std::string rigidityFault(const Eigen::Matrix4d& pose) {
  if (isRigid(pose)) return {};
  if (!pose.allFinite()) return "holds numbers that are not finite";
  if (!lastRowIsRight(pose))
    return lastRowIsRight(pose.transpose()) ? "has its translation in the last row (it is transposed)"
                                            : "does not end in the row 0 0 0 1";
  const Eigen::Matrix3d rotation = pose.topLeftCorner<3, 3>();
  const double scale = std::cbrt(std::abs(rotation.determinant()));
  if (scale > 1e-6 && rotation.determinant() < 0) {
    Eigen::Matrix4d turned = pose;
    turned.col(0) *= -1.0;
    if (isRigid(turned)) return "is mirrored (its determinant is -1); one axis has the wrong sign";
  }
  if (scale > 1e-6 && std::abs(scale - 1.0) > limits::kRigidTolerance) {
    Eigen::Matrix4d scaled = pose;
    scaled.topLeftCorner<3, 3>() /= scale;
    if (isRigid(scaled)) return "carries a scale; a tracker's poses are rotation and translation only";
  }
  return "is not a rotation (its axes are not at right angles or not of unit length)";
}

bool isPixelCoordinates(std::string_view name) {
  return name.find("Image") != std::string_view::npos || name.find("Pixel") != std::string_view::npos ||
         name == "Picture";
}

std::string poseFault(std::string_view from, std::string_view to, const Eigen::Matrix4d& matrix) {
  if (isPixelCoordinates(from) || isPixelCoordinates(to))
    return spansSpace(matrix) ? std::string() : "is not finite or flat";
  if (std::string fault = rigidityFault(matrix); !fault.empty()) return fault;
  if (matrix.cwiseAbs().maxCoeff() > limits::kFarthestPoseMm)
    return "lies farther away than any tracker reaches";
  return {};
}

void admitPose(NamedPose& pose) {
  if (!pose.valid) return;
  pose.fault = poseFault(pose.from, pose.to, pose.matrix);
  pose.valid = pose.fault.empty();
}

}  // namespace acuguide
