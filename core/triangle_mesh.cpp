#include "core/triangle_mesh.h"

#include "core/error.h"
#include "core/input_file.h"
#include "core/whole_file.h"

#include <cmath>
#include <cstring>
#include <fstream>

namespace acuguide {
namespace {

using Point = std::array<float, 3>;

Point normalOf(const Point& a, const Point& b, const Point& c) {
  const Point u{b[0] - a[0], b[1] - a[1], b[2] - a[2]}, v{c[0] - a[0], c[1] - a[1], c[2] - a[2]};
  Point normal{u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]};
  const float length = std::hypot(normal[0], normal[1], normal[2]);
  if (length > 0)
    for (float& value : normal) value /= length;
  return normal;
}

}  // namespace

void writeStl(const TriangleMesh& mesh, const std::filesystem::path& path, const std::string& what) {
  WholeFile whole(path, what);
  std::ofstream out(whole.part(), std::ios::binary);
  char comment[80] = "acuguide surface, mm, SPACE=LPS";
  out.write(comment, sizeof comment);
  const auto count = static_cast<std::uint32_t>(mesh.triangles.size());
  out.write(reinterpret_cast<const char*>(&count), sizeof count);
  for (const auto& triangle : mesh.triangles) {
    const Point &a = mesh.vertices[triangle[0]], &b = mesh.vertices[triangle[1]],
                &c = mesh.vertices[triangle[2]];
    const std::array<Point, 4> record{normalOf(a, b, c), a, b, c};
    out.write(reinterpret_cast<const char*>(record.data()), sizeof record);
    out.write("\0\0", 2);
  }
  out.close();
  if (!out) throw Error(path.string(), "could not be written completely", "check the free space");
  whole.commit();
}

TriangleMesh readStl(const std::filesystem::path& path) {
  constexpr std::size_t kHead = 84, kRecord = 50;
  const std::string bytes = readInputFile(path);
  std::uint32_t count = 0;
  if (bytes.size() >= kHead) std::memcpy(&count, bytes.data() + 80, sizeof count);
  if (bytes.size() < kHead || (bytes.size() - kHead) / kRecord < count)
    throw Error(path.string(), "is no whole binary STL file", "write it again");
  TriangleMesh mesh;
  for (std::uint32_t i = 0; i < count; ++i) {
    std::array<Point, 3> corners{};
    std::memcpy(corners.data(), bytes.data() + kHead + kRecord * i + sizeof(Point), sizeof corners);
    mesh.vertices.insert(mesh.vertices.end(), corners.begin(), corners.end());
    mesh.triangles.push_back({3 * i, 3 * i + 1, 3 * i + 2});
  }
  return mesh;
}

}  // namespace acuguide
