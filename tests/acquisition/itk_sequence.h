#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace acuguide::acquisition {

/// A sequence as ITK reads and writes it. In files of its own: ITK brings an Eigen that does not go with
/// ours.
struct ItkSequence {
  unsigned width = 0, height = 0, frames = 0;
  unsigned channels = 1;  ///< 1, or 3 for RGB
  double spacingX = 1.0, spacingY = 1.0;
  std::vector<std::uint8_t> pixels;
  std::vector<std::pair<std::string, std::string>> fields;

  std::string field(const std::string& key) const;
};

/// MetaImage or NRRD by its ending.
void writeWithItk(const ItkSequence& sequence, const std::string& file, bool compressed);

ItkSequence readWithItk(const std::string& file);

}  // namespace acuguide::acquisition
