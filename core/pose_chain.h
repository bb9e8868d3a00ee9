#pragma once

#include "core/transform.h"

#include <Eigen/Core>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acuguide {

enum class PoseState {
  Valid,
  Invalid,  ///< the poses that lead there are known, but one was INVALID at that moment
  Unknown,  ///< no pose leads there
};

struct ComposedPose {
  PoseState state = PoseState::Unknown;
  Eigen::Matrix4d matrix = Eigen::Matrix4d::Identity();  ///< mm; only when Valid
  std::string invalid;                                   ///< which one was not ("ProbeToTracker")
};

/// The pose `from` to `to` put together from the poses of one moment, as in PLUS's transform repository:
/// ProbeToReference is ReferenceToTracker⁻¹ * ProbeToTracker. Takes the fewest poses that lead there.
ComposedPose composePose(const std::vector<NamedPose>& poses, std::string_view from, std::string_view to);

/// All frames the poses speak of, each once, in the order they come.
std::vector<std::string> frameNames(const std::vector<NamedPose>& poses);

/// "ProbeToReference" as {"Probe", "Reference"}, both among `frames`; a frame's name may hold a "To" itself.
std::optional<std::pair<std::string, std::string>> splitPoseName(std::string_view name,
                                                                 const std::vector<std::string>& frames);

}  // namespace acuguide
