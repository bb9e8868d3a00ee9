#include "calibration/pose_chain.h"

#include <Eigen/LU>

#include <deque>
#include <map>

namespace acuguide::calibration {
namespace {

struct Reached {
  Eigen::Matrix4d fromStart = Eigen::Matrix4d::Identity();  ///< maps the start frame to this one
  std::string invalid;
};

}  // namespace

PoseChain findPoseChain(const std::vector<NamedPose>& framePoses, const std::vector<NamedPose>& fixedPoses,
                        const std::string& from, const std::string& to) {
  std::map<std::string, Reached> reached{{from, {}}};
  std::deque<std::string> open{from};
  const auto visit = [&](const std::string& next, const Reached& here, const Eigen::Matrix4d& step,
                         const NamedPose& pose) {
    if (reached.contains(next)) return;
    reached[next] = {step * here.fromStart, !here.invalid.empty() ? here.invalid
                                            : pose.valid          ? ""
                                                                  : pose.name()};
    open.push_back(next);
  };
  while (!open.empty() && !reached.contains(to)) {
    const std::string name = open.front();
    open.pop_front();
    const Reached here = reached[name];
    for (const auto* poses : {&framePoses, &fixedPoses}) {
      for (const NamedPose& pose : *poses) {
        if (pose.from == name) visit(pose.to, here, pose.matrix, pose);
        if (pose.to == name) visit(pose.from, here, pose.matrix.inverse(), pose);
      }
    }
  }
  const auto found = reached.find(to);
  if (found == reached.end()) return {};
  if (!found->second.invalid.empty()) return {std::nullopt, found->second.invalid};
  return {found->second.fromStart, {}};
}

}  // namespace acuguide::calibration
