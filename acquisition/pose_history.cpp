#include "acquisition/pose_history.h"

#include "core/pose.h"

#include <algorithm>
#include <cmath>

namespace acuguide::acquisition {
namespace {

constexpr double kKeptSeconds = 1.0;
constexpr std::size_t kMostSamples = 1000;
constexpr std::size_t kMostNames = 64;

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
    pose.matrix = poseBetween(a.matrix, after->matrix, (time - a.time) / (after->time - a.time));
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
