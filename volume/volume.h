#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

// Plain arrays and no Eigen: ITK, which reads and writes volumes, brings an Eigen of its own.
namespace acuguide::volume {

/// Where the voxels of a volume are. Axes along those of the coordinates (direction cosines are the
/// identity), x fastest, as PLUS's VolumeReconstructor lays them out. Coordinates are LPS as in ITK and
/// DICOM: x to the patient's left, y to the back, z to the head; 3D Slicer shows them in RAS (x and y with
/// the other sign).
struct VolumeGrid {
  std::array<double, 3> originMm{};  ///< centre of the first voxel
  std::array<double, 3> spacingMm{1, 1, 1};
  std::array<int, 3> size{};

  std::size_t voxels() const {
    return static_cast<std::size_t>(size[0]) * static_cast<std::size_t>(size[1]) *
           static_cast<std::size_t>(size[2]);
  }
  std::size_t index(int x, int y, int z) const {
    return (static_cast<std::size_t>(z) * static_cast<std::size_t>(size[1]) + static_cast<std::size_t>(y)) *
               static_cast<std::size_t>(size[0]) +
           static_cast<std::size_t>(x);
  }
};

/// A named text kept with a volume in its file.
using Field = std::pair<std::string, std::string>;

/// Grey levels in space.
struct Volume {
  VolumeGrid grid;
  std::vector<std::uint8_t> grey;  ///< of each voxel; 0 where nothing was seen
  /// How much was seen of each voxel: 256 a pixel, up to 65535, as PLUS's accumulation buffer; 0 never. Empty
  /// where it is not known (a volume read from a file).
  std::vector<std::uint16_t> weight;
  std::vector<Field> fields;
};

}  // namespace acuguide::volume
