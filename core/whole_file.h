#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace acuguide {

/// Writes a file whole or not at all: beside its place first, then moved there, so that a full disk never
/// leaves half a file where a whole one was. `what` names it in the Error that is thrown when it cannot be
/// written ("the plan").
void writeWholeFile(const std::filesystem::path& path, std::string_view text, const std::string& what);

}  // namespace acuguide
