#include "core/input_file.h"

#include "core/error.h"

#include <fstream>
#include <system_error>
#include <unistd.h>

namespace acuguide {
namespace fs = std::filesystem;
namespace {

/// "" for files and folders, and for what is not there.
std::string specialKind(fs::file_type type) {
  switch (type) {
    case fs::file_type::fifo:
      return "is a pipe";
    case fs::file_type::socket:
      return "is a socket";
    case fs::file_type::character:
    case fs::file_type::block:
      return "is a device";
    default:
      return {};
  }
}

fs::file_type typeOf(const fs::path& path) {
  std::error_code problem;
  const fs::file_type type = fs::status(path, problem).type();
  if (problem == std::errc::too_many_symbolic_link_levels)
    throw Error(path.string(), "is a link that leads back to itself", "name the file itself");
  if (problem && type == fs::file_type::none)
    throw Error(path.string(), "cannot be looked at (" + problem.message() + ")",
                "check the path and the permissions of its folders");
  if (const std::string kind = specialKind(type); !kind.empty())
    throw Error(path.string(), kind + ", not a file",
                type == fs::file_type::character ? "give device:" + path.string() + " for a capture device"
                                                 : "save what it carries in a file and name that");
  return type;
}

}  // namespace

void refuseSpecialFile(const fs::path& path) { typeOf(path); }

void requireInputFile(const fs::path& path) {
  const fs::file_type type = typeOf(path);
  if (type == fs::file_type::not_found)
    throw Error(path.string(), "cannot be read (there is no such file)", "check the path");
  if (type == fs::file_type::directory)
    throw Error(path.string(), "cannot be read (it is a folder)", "name a file");
  if (access(path.c_str(), R_OK) != 0)
    throw Error(path.string(), "the file cannot be read", "check its permissions");
}

std::string readInputFile(const fs::path& path, std::size_t mostBytes) {
  requireInputFile(path);
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  const auto size = static_cast<std::streamoff>(file.tellg());
  if (!file || size < 0) throw Error(path.string(), "the file cannot be read", "check its permissions");
  if (static_cast<std::size_t>(size) > mostBytes)
    throw Error(path.string(), "is larger than " + std::to_string(mostBytes >> 20) + " MiB",
                "check that it is the right file");
  std::string text(static_cast<std::size_t>(size), '\0');
  file.seekg(0);
  file.read(text.data(), size);
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

}  // namespace acuguide
