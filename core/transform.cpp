#include "core/transform.h"

namespace acuguide {

std::optional<Eigen::Matrix4d> findPose(const std::vector<NamedPose>& poses, std::string_view name) {
  for (const NamedPose& pose : poses) {
    if (pose.valid && pose.name() == name) return pose.matrix;
  }
  return std::nullopt;
}

}  // namespace acuguide
