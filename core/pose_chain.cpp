#include "core/pose_chain.h"

#include <Eigen/LU>
#include <queue>

#include <algorithm>

namespace acuguide {
namespace {

struct Reached {
  std::string frame;
  Eigen::Matrix4d fromStart;
  std::string invalid;  ///< the first pose on the way that was not valid
};

/// Breadth first from frame to frame.
std::optional<Reached> shortestChain(const std::vector<NamedPose>& poses, std::string_view from,
                                     std::string_view to, bool alsoInvalid) {
  std::queue<Reached> open;
  std::vector<std::string> seen = {std::string(from)};
  open.push({std::string(from), Eigen::Matrix4d::Identity(), {}});
  while (!open.empty()) {
    const Reached here = open.front();
    open.pop();
    if (here.frame == to) return here;
    for (const NamedPose& pose : poses) {
      if (!pose.valid && !alsoInvalid) continue;
      const bool forth = pose.from == here.frame;
      if (!forth && pose.to != here.frame) continue;
      const std::string& next = forth ? pose.to : pose.from;
      if (std::find(seen.begin(), seen.end(), next) != seen.end()) continue;
      seen.push_back(next);
      const Eigen::Matrix4d step = forth ? pose.matrix : Eigen::Matrix4d(pose.matrix.inverse());
      const std::string invalid = here.invalid.empty() && !pose.valid ? pose.name() : here.invalid;
      open.push({next, step * here.fromStart, invalid});
    }
  }
  return std::nullopt;
}

}  // namespace

ComposedPose composePose(const std::vector<NamedPose>& poses, std::string_view from, std::string_view to) {
  if (const auto reached = shortestChain(poses, from, to, false))
    return {PoseState::Valid, reached->fromStart, {}};
  if (const auto reached = shortestChain(poses, from, to, true))
    return {PoseState::Invalid, Eigen::Matrix4d::Identity(), reached->invalid};
  return {};
}

std::vector<std::string> frameNames(const std::vector<NamedPose>& poses) {
  std::vector<std::string> names;
  for (const NamedPose& pose : poses) {
    for (const std::string& name : {pose.from, pose.to})
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return names;
}

std::optional<std::pair<std::string, std::string>> splitPoseName(std::string_view name,
                                                                 const std::vector<std::string>& frames) {
  const auto known = [&frames](std::string_view frame) {
    return std::find(frames.begin(), frames.end(), frame) != frames.end();
  };
  for (std::size_t at = name.find("To"); at != std::string_view::npos; at = name.find("To", at + 1)) {
    const std::string_view from = name.substr(0, at), to = name.substr(at + 2);
    if (known(from) && known(to)) return std::pair{std::string(from), std::string(to)};
  }
  return std::nullopt;
}

}  // namespace acuguide
