#pragma once

#include <filesystem>
#include <string>

namespace acuguide {

/// Throws Error for a path that names neither a file nor a folder that can be read: a pipe, a socket, a
/// device (reading one may block for ever), links that lead to each other, a folder above it that may not be
/// entered. What is not there passes; that is for the reader to say, who knows what it looked for.
void refuseSpecialFile(const std::filesystem::path& path);

/// The same, and Error as well when `path` is not there, is a folder, or may not be read. To be called before
/// a file that somebody named is opened.
void requireInputFile(const std::filesystem::path& path);

/// The whole of a file that requireInputFile() accepts. Throws Error when it has more than `mostBytes`.
std::string readInputFile(const std::filesystem::path& path, std::size_t mostBytes = std::size_t{512} << 20);

}  // namespace acuguide
