#pragma once

#include <filesystem>
#include <vector>

namespace acuguide::apps {

/// The session itself, or all sessions in the folder, by name. Throws Error when there is none.
std::vector<std::filesystem::path> sessionsIn(const std::filesystem::path& folder);

}  // namespace acuguide::apps
