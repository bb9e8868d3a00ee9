#pragma once

#include "core/transform.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

namespace acuguide::recording {

/// Calls `take` for every frame that has poses, in order. Throws Error when the session cannot be read.
void readSessionPoses(
    const std::filesystem::path& folder,
    const std::function<void(std::int64_t frame, const std::vector<NamedPose>& poses)>& take);

}  // namespace acuguide::recording
