#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace acuguide {

/// A surface of triangles, seen from outside with their corners anticlockwise; mm. Plain arrays, because
/// libraries that bring an Eigen of their own (ITK) read and write it too.
struct TriangleMesh {
  std::vector<std::array<float, 3>> vertices;
  std::vector<std::array<std::uint32_t, 3>> triangles;
  std::vector<float> confidence;  ///< 0..1 of each vertex; empty where it means nothing
};

/// Writes a binary STL file, coordinates in LPS as 3D Slicer expects them ("SPACE=LPS" in its 80 bytes of
/// comment; Slicer takes files that say nothing for LPS too). `what` names it in messages ("the bone
/// surface"). Throws Error.
void writeStl(const TriangleMesh& mesh, const std::filesystem::path& path, const std::string& what);

/// Reads a binary STL file; corners at the same place stay apart. Throws Error: not there, not such a file,
/// cut short.
TriangleMesh readStl(const std::filesystem::path& path);

}  // namespace acuguide
