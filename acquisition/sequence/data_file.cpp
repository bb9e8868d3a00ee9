#include "acquisition/sequence/data_file.h"

#include "core/error.h"

#include <system_error>

namespace acuguide::acquisition {

namespace fs = std::filesystem;

fs::path dataFileOf(const fs::path& header, const std::string& name) {
  std::error_code problem;
  const fs::path folder = fs::weakly_canonical(fs::absolute(header).parent_path(), problem);
  const fs::path file = fs::weakly_canonical(folder / name, problem);
  const fs::path within = file.lexically_relative(folder);
  if (problem || within.empty() || *within.begin() == ".." || within == ".")
    throw Error(header.string(), "names its pixels outside its own folder (" + name + ")",
                "put both files in one folder, and name the file alone");
  return header.parent_path() / name;
}

}  // namespace acuguide::acquisition
