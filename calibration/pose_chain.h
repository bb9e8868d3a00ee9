#pragma once

#include "calibration/spatial/phantom.h"
#include "core/transform.h"

#include <optional>
#include <string>
#include <vector>

namespace acuguide::calibration {

/// The pose that maps `from` to `to`, by way of any poses of the frame and fixed ones (each also backwards),
/// over as few as possible.
struct PoseChain {
  std::optional<Eigen::Matrix4d>
      matrix;           ///< nothing when there is no way, or only over a pose that is not valid
  std::string invalid;  ///< that pose's name ("ProbeToTracker")
};
PoseChain findPoseChain(const std::vector<NamedPose>& framePoses, const std::vector<NamedPose>& fixedPoses,
                        const std::string& from, const std::string& to);

}  // namespace acuguide::calibration
