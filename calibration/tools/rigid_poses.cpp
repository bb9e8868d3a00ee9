#include "calibration/tools/rigid_poses.h"

#include <Eigen/Geometry>

#include <algorithm>
#include <cmath>
#include <map>

namespace acuguide::calibration {
namespace {

const Eigen::RowVector4d lastRow(0, 0, 0, 1);

bool lastRowIsRight(const Eigen::Matrix4d& pose) {
  return (pose.row(3) - lastRow).cwiseAbs().maxCoeff() < 1e-6;
}

/// What is wrong with one matrix; empty when nothing is.
std::string faultOf(const Eigen::Matrix4d& pose) {
  if (isRigid(pose)) return {};
  if (!pose.allFinite()) return "hold numbers that are not finite";
  if (!lastRowIsRight(pose))
    return lastRowIsRight(pose.transpose()) ? "have their translation in the last row (they are transposed)"
                                            : "do not end in the row 0 0 0 1";
  const Eigen::Matrix3d rotation = pose.topLeftCorner<3, 3>();
  const double scale = std::cbrt(std::abs(rotation.determinant()));
  if (scale > 1e-6 && rotation.determinant() < 0) {
    Eigen::Matrix4d turned = pose;
    turned.col(0) *= -1.0;
    if (isRigid(turned)) return "are mirrored (their determinant is -1); one axis has the wrong sign";
  }
  if (scale > 1e-6 && std::abs(scale - 1.0) > 0.01) {
    Eigen::Matrix4d scaled = pose;
    scaled.topLeftCorner<3, 3>() /= scale;
    if (isRigid(scaled)) return "carry a scale; a tracker's poses are rotation and translation only";
  }
  return "are no rotations (their axes are not at right angles)";
}

}  // namespace

std::string whyNotRigid(const std::vector<Eigen::Matrix4d>& poses) {
  std::map<std::string, std::size_t> faults;
  for (const Eigen::Matrix4d& pose : poses) ++faults[faultOf(pose)];
  if (faults[""] * 2 >= poses.size()) return {};
  faults.erase("");
  const auto fewer = [](const auto& a, const auto& b) { return a.second < b.second; };
  return std::max_element(faults.begin(), faults.end(), fewer)->first;
}

double repeatedShare(const std::vector<Eigen::Matrix4d>& poses) {
  if (poses.size() < 2) return 0.0;
  int repeated = 0;
  for (std::size_t i = 1; i < poses.size(); ++i) repeated += poses[i] == poses[i - 1];
  return repeated / double(poses.size() - 1);
}

double rotationBetween(const Eigen::Matrix4d& a, const Eigen::Matrix4d& b) {
  const Eigen::Matrix3d turn = a.topLeftCorner<3, 3>().transpose() * b.topLeftCorner<3, 3>();
  return Eigen::AngleAxisd(Eigen::Quaterniond(turn).normalized()).angle();
}

}  // namespace acuguide::calibration
