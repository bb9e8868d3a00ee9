#pragma once

#include "core/triangle_mesh.h"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace acuguide::volume {

inline Eigen::Vector3d vertexOf(const TriangleMesh& mesh, std::uint32_t i) {
  const auto& v = mesh.vertices[i];
  return {double(v[0]), double(v[1]), double(v[2])};
}

/// Distance from a point to a triangle (Ericson, Real-Time Collision Detection, 5.1.5).
inline double distanceTo(const Eigen::Vector3d& p, const Eigen::Vector3d& a, const Eigen::Vector3d& b,
                         const Eigen::Vector3d& c) {
  const Eigen::Vector3d ab = b - a, ac = c - a, ap = p - a;
  const double d1 = ab.dot(ap), d2 = ac.dot(ap);
  if (d1 <= 0 && d2 <= 0) return ap.norm();
  const Eigen::Vector3d bp = p - b;
  const double d3 = ab.dot(bp), d4 = ac.dot(bp);
  if (d3 >= 0 && d4 <= d3) return bp.norm();
  const double vc = d1 * d4 - d3 * d2;
  if (vc <= 0 && d1 >= 0 && d3 <= 0) return (ap - ab * (d1 / (d1 - d3))).norm();
  const Eigen::Vector3d cp = p - c;
  const double d5 = ab.dot(cp), d6 = ac.dot(cp);
  if (d6 >= 0 && d5 <= d6) return cp.norm();
  const double vb = d5 * d2 - d1 * d6;
  if (vb <= 0 && d2 >= 0 && d6 <= 0) return (ap - ac * (d2 / (d2 - d6))).norm();
  const double va = d3 * d6 - d5 * d4;
  if (va <= 0 && d4 >= d3 && d5 >= d6) return (bp - (c - b) * ((d4 - d3) / ((d4 - d3) + (d5 - d6)))).norm();
  const double sum = va + vb + vc;
  return (ap - ab * (vb / sum) - ac * (vc / sum)).norm();
}

struct Distances {
  double mean = 0, p95 = 0;
  std::size_t count = 0;
};

/// From every `stride`-th vertex of one surface to the nearest place of another, mm.
inline Distances distances(const TriangleMesh& from, const TriangleMesh& to, std::size_t stride) {
  struct Ball {
    Eigen::Vector3d middle;
    double radius;
  };
  std::vector<Ball> balls;
  for (const auto& [a, b, c] : to.triangles) {
    const Eigen::Vector3d middle = (vertexOf(to, a) + vertexOf(to, b) + vertexOf(to, c)) / 3;
    balls.push_back({middle, std::max({(vertexOf(to, a) - middle).norm(), (vertexOf(to, b) - middle).norm(),
                                       (vertexOf(to, c) - middle).norm()})});
  }
  std::vector<double> all;
  for (std::size_t i = 0; i < from.vertices.size(); i += stride) {
    const Eigen::Vector3d p = vertexOf(from, static_cast<std::uint32_t>(i));
    double nearest = std::numeric_limits<double>::max();
    for (std::size_t t = 0; t < balls.size(); ++t) {
      if ((p - balls[t].middle).norm() - balls[t].radius >= nearest) continue;
      const auto& [a, b, c] = to.triangles[t];
      nearest = std::min(nearest, distanceTo(p, vertexOf(to, a), vertexOf(to, b), vertexOf(to, c)));
    }
    all.push_back(nearest);
  }
  Distances result;
  result.count = all.size();
  if (all.empty()) return result;
  std::sort(all.begin(), all.end());
  for (const double one : all) result.mean += one / double(all.size());
  result.p95 = all[(all.size() - 1) * 95 / 100];
  return result;
}

}  // namespace acuguide::volume
