#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace acuguide {

/// True when all of `text` is UTF-8: no byte of another encoding, no character cut off, none written too
/// long.
bool isUtf8(std::string_view text);

/// `text` with every byte that is no UTF-8 replaced by U+FFFD: for files, databases and windows, which hold
/// UTF-8 whatever the names of files, or of a network's devices, are written in.
std::string utf8Text(std::string_view text);

/// Throws Error when a path is not UTF-8, for what can be opened by such names only: what goes through Qt,
/// and SQLite's databases (with them sessions). `what` names it: "a session".
void requireUtf8Name(const std::filesystem::path& path, const std::string& what);

}  // namespace acuguide
