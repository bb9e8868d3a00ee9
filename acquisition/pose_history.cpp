#include "acquisition/pose_history.h"

#include <Eigen/Geometry>

#include <algorithm>
#include <cmath>

namespace acuguide::acquisition {
namespace {

constexpr double kKeptSeconds = 1.0;
constexpr std::size_t kMostSamples = 1000;
constexpr std::size_t kMostNames = 64;

/// Axes of one length are a rotation with a scale: both are interpolated on their own.
Eigen::Matrix4d between(const Eigen::Matrix4d& a, const Eigen::Matrix4d& b, double fraction) {
  Eigen::Matrix4d result = (1.0 - fraction) * a + fraction * b;
  const Eigen::Vector3d scaleA = a.topLeftCorner<3, 3>().colwise().norm();
  const Eigen::Vector3d scaleB = b.topLeftCorner<3, 3>().colwise().norm();
  if (scaleA.minCoeff() <= 0.0 || scaleB.minCoeff() <= 0.0) return result;
  const Eigen::Matrix3d rotationA = a.topLeftCorner<3, 3>() * scaleA.cwiseInverse().asDiagonal();
  const Eigen::Matrix3d rotationB = b.topLeftCorner<3, 3>() * scaleB.cwiseInverse().asDiagonal();
  if (rotationA.determinant() < 0.9 || rotationB.determinant() < 0.9) return fraction < 0.5 ? a : b;
  const Eigen::Quaterniond turned =
      Eigen::Quaterniond(rotationA).slerp(fraction, Eigen::Quaterniond(rotationB));
  const Eigen::Vector3d scale = (1.0 - fraction) * scaleA + fraction * scaleB;
  result.topLeftCorner<3, 3>() = turned.toRotationMatrix() * scale.asDiagonal();
  return result;
}

}  // namespace

void PoseHistory::add(const NamedPose& pose, double time) {
  const auto name = std::pair(pose.from, pose.to);
  if (!poses_.contains(name) && poses_.size() >= kMostNames) return;
  Samples& samples = poses_[name];
  // A sender whose clock was set back starts again.
  while (!samples.empty() && samples.back().time >= time) samples.pop_back();
  samples.push_back({time, pose.matrix, pose.valid, pose.fault});
  while (samples.size() > kMostSamples || samples.front().time < time - kKeptSeconds) samples.pop_front();
}

NamedPose PoseHistory::interpolated(const std::pair<std::string, std::string>& name, const Samples& samples,
                                    double time) {
  NamedPose pose{name.first, name.second, samples.back().matrix, false};
  const auto after = std::ranges::lower_bound(samples, time, {}, &Sample::time);
  const auto near = [&](const Sample& sample) { return std::abs(sample.time - time) <= kLongestGapSeconds; };
  const bool hasAfter = after != samples.end() && near(*after);
  const bool hasBefore = after != samples.begin() && near(*std::prev(after));
  if (hasAfter && (after->time == time || !hasBefore)) {
    pose.matrix = after->matrix;
    pose.valid = after->valid;
    pose.fault = after->fault;
  } else if (hasBefore && !hasAfter) {
    pose.matrix = std::prev(after)->matrix;
    pose.valid = std::prev(after)->valid;
    pose.fault = std::prev(after)->fault;
  } else if (hasBefore) {
    const Sample& a = *std::prev(after);
    pose.matrix = between(a.matrix, after->matrix, (time - a.time) / (after->time - a.time));
    pose.valid = a.valid && after->valid;
    pose.fault = a.valid ? after->fault : a.fault;
  } else if (samples.back().time < time) {
    pose.fault = "was not sent again (a sender that sends poses only when they change must repeat them)";
  }
  return pose;
}

std::vector<NamedPose> PoseHistory::at(double time) const {
  std::vector<NamedPose> poses;
  for (const auto& [name, samples] : poses_) poses.push_back(interpolated(name, samples, time));
  return poses;
}

bool PoseHistory::completeAt(double time) const {
  return std::ranges::all_of(poses_, [time](const auto& named) {
    const double last = named.second.back().time;
    return last >= time || last < time - kLongestGapSeconds;
  });
}

}  // namespace acuguide::acquisition
