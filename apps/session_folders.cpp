#include "apps/session_folders.h"

#include "core/error.h"
#include "recording/session_writer.h"

#include <algorithm>
#include <system_error>

namespace acuguide::apps {

namespace fs = std::filesystem;

std::vector<fs::path> sessionsIn(const fs::path& folder) {
  if (fs::exists(recording::databaseOf(folder))) return {folder};
  std::vector<fs::path> found;
  std::error_code problem;
  for (const auto& entry : fs::directory_iterator(folder, problem))
    if (fs::exists(recording::databaseOf(entry.path()))) found.push_back(entry.path());
  if (found.empty())
    throw Error(folder.string(), "holds no recorded session", "give a session or a folder of sessions");
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace acuguide::apps
