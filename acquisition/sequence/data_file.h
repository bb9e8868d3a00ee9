#pragma once

#include <filesystem>
#include <string>

namespace acuguide::acquisition {

/// Where the pixels are that a sequence's header names `name`: in the header's own folder or below it. Throws
/// Error for any other place: a header that a stranger made must not open the files of whoever reads it.
std::filesystem::path dataFileOf(const std::filesystem::path& header, const std::string& name);

}  // namespace acuguide::acquisition
