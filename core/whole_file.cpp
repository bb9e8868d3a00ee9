#include "core/whole_file.h"

#include "core/error.h"

#include <fstream>
#include <system_error>

namespace acuguide {

void writeWholeFile(const std::filesystem::path& path, std::string_view text, const std::string& what) {
  const std::filesystem::path part = path.string() + ".part";
  std::ofstream file(part, std::ios::binary);
  file << text;
  file.close();
  std::error_code problem;
  if (file) std::filesystem::rename(part, path, problem);
  if (!file || problem) {
    std::error_code ignored;
    std::filesystem::remove(part, ignored);
    throw Error(path.string(), what + " cannot be written", "check that the folder is there and has room");
  }
}

}  // namespace acuguide
