#include "apps/volume_surfaces.h"

#include "core/error.h"
#include "core/input_file.h"

#include <algorithm>

namespace acuguide::apps {

namespace fs = std::filesystem;

std::string volumeStem(const fs::path& volume) {
  const std::string name = volume.filename().string();
  for (const char* ending : {".nii.gz", ".nii", ".nrrd", ".mha"})
    if (name.ends_with(ending)) return name.substr(0, name.size() - std::string(ending).size());
  return name;
}

std::vector<std::pair<std::string, TriangleMesh>> surfacesBeside(const fs::path& volume) {
  requireInputFile(volume);
  const std::string stem = volumeStem(volume) + '.';
  const fs::path folder = volume.parent_path().empty() ? fs::path(".") : volume.parent_path();
  std::vector<std::pair<std::string, TriangleMesh>> surfaces;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.size() <= stem.size() + 4 || !name.starts_with(stem) || !name.ends_with(".stl")) continue;
    surfaces.emplace_back(name.substr(stem.size(), name.size() - stem.size() - 4), readStl(entry.path()));
  }
  std::sort(surfaces.begin(), surfaces.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  return surfaces;
}

}  // namespace acuguide::apps
