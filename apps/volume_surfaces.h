#pragma once

#include "core/triangle_mesh.h"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace acuguide::apps {

/// "leg" of "leg.nii.gz".
std::string volumeStem(const std::filesystem::path& volume);

/// The surfaces that lie beside a volume as leg.NAME.stl, with their names, by name. Throws Error.
std::vector<std::pair<std::string, TriangleMesh>> surfacesBeside(const std::filesystem::path& volume);

}  // namespace acuguide::apps
