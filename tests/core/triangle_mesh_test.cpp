#include "core/triangle_mesh.h"

#include "core/error.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <unistd.h>

namespace acuguide {
namespace {

TEST(TriangleMesh, StlReadsBackAndSaysThatItIsLps) {
  const auto path =
      std::filesystem::temp_directory_path() / ("acuguide_mesh_" + std::to_string(getpid()) + ".stl");
  const TriangleMesh mesh{{{0, 0, 0}, {1, 0, 0}, {0, 2, 0}, {0, 0, 3}}, {{0, 1, 2}, {0, 2, 3}}, {}};
  writeStl(mesh, path, "the surface");
  writeStl(mesh, path, "the surface");  // ours: may be replaced
  const TriangleMesh back = readStl(path);
  ASSERT_EQ(back.triangles.size(), 2U);
  for (std::size_t triangle = 0; triangle < 2; ++triangle)
    for (std::size_t corner = 0; corner < 3; ++corner)
      EXPECT_EQ(back.vertices[back.triangles[triangle][corner]],
                mesh.vertices[mesh.triangles[triangle][corner]]);
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(bytes.size(), 84U + 2 * 50U);
  EXPECT_NE(bytes.substr(0, 80).find("SPACE=LPS"), std::string::npos);

  std::ofstream(path, std::ios::binary) << bytes.substr(0, 120);
  EXPECT_THROW(readStl(path), Error);
  std::ofstream(path, std::ios::binary) << "solid text";
  EXPECT_THROW(readStl(path), Error);
  EXPECT_THROW(writeStl(mesh, path, "the surface"), Error);  // somebody else's
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace acuguide
