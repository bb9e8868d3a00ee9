#include "volume/clearance.h"

#include <Eigen/Geometry>

#include <algorithm>
#include <array>
#include <limits>

namespace acuguide::volume {
namespace {

using Vector = Eigen::Vector3d;

struct Near {
  double squared = std::numeric_limits<double>::max();
  double share = 0.0;  ///< of the way
  Vector on = Vector::Zero();

  void take(double way, const Vector& onPath, const Vector& onSurface) {
    const double distance = (onPath - onSurface).squaredNorm();
    if (distance < squared) *this = {distance, way, onSurface};
  }
};

/// The nearest place of a triangle (Ericson, Real-Time Collision Detection, 5.1.5).
Vector nearestOn(const std::array<Vector, 3>& t, const Vector& p) {
  const Vector ab = t[1] - t[0], ac = t[2] - t[0], ap = p - t[0];
  const double d1 = ab.dot(ap), d2 = ac.dot(ap);
  if (d1 <= 0 && d2 <= 0) return t[0];
  const Vector bp = p - t[1];
  const double d3 = ab.dot(bp), d4 = ac.dot(bp);
  if (d3 >= 0 && d4 <= d3) return t[1];
  const double vc = d1 * d4 - d3 * d2;
  if (vc <= 0 && d1 >= 0 && d3 <= 0) return t[0] + ab * (d1 / (d1 - d3));
  const Vector cp = p - t[2];
  const double d5 = ab.dot(cp), d6 = ac.dot(cp);
  if (d6 >= 0 && d5 <= d6) return t[2];
  const double vb = d5 * d2 - d1 * d6;
  if (vb <= 0 && d2 >= 0 && d6 <= 0) return t[0] + ac * (d2 / (d2 - d6));
  const double va = d3 * d6 - d5 * d4;
  if (va <= 0 && d4 >= d3 && d5 >= d6) return t[1] + (t[2] - t[1]) * ((d4 - d3) / ((d4 - d3) + (d5 - d6)));
  const double sum = va + vb + vc;
  return t[0] + ab * (vb / sum) + ac * (vc / sum);
}

/// Nearest places of two segments, as shares of each (Ericson, 5.1.9).
std::pair<double, double> nearestOf(const Vector& p, const Vector& d, const Vector& q, const Vector& e) {
  const Vector r = p - q;
  const double a = d.squaredNorm(), b = e.squaredNorm(), f = e.dot(r), c = d.dot(r), g = d.dot(e);
  if (a <= 0 && b <= 0) return {0, 0};
  if (a <= 0) return {0, std::clamp(f / b, 0.0, 1.0)};
  if (b <= 0) return {std::clamp(-c / a, 0.0, 1.0), 0};
  const double denominator = a * b - g * g;
  double s = denominator > 0 ? std::clamp((g * f - c * b) / denominator, 0.0, 1.0) : 0.0;
  double t = (g * s + f) / b;
  if (t < 0 || t > 1) {
    t = std::clamp(t, 0.0, 1.0);
    s = std::clamp((g * t - c) / a, 0.0, 1.0);
  }
  return {s, t};
}

/// Nearest are the way's ends to the triangle, or the way to its edges, or the way goes through it.
void look(const BladePath& path, const std::array<Vector, 3>& t, Near& near) {
  const Vector way = path.target - path.entry;
  const Vector normal = (t[1] - t[0]).cross(t[2] - t[0]);
  const double from = normal.dot(path.entry - t[0]), to = normal.dot(path.target - t[0]);
  if (from * to < 0) {
    const double share = from / (from - to);
    const Vector through = path.entry + share * way;
    if ((nearestOn(t, through) - through).squaredNorm() < 1e-12) near.take(share, through, through);
  }
  near.take(0.0, path.entry, nearestOn(t, path.entry));
  near.take(1.0, path.target, nearestOn(t, path.target));
  for (std::size_t i = 0; i < 3; ++i) {
    const Vector edge = t[(i + 1) % 3] - t[i];
    const auto [along, across] = nearestOf(path.entry, way, t[i], edge);
    near.take(along, path.entry + along * way, t[i] + across * edge);
  }
}

}  // namespace

std::vector<Clearance> clearances(const BladePath& path,
                                  const std::vector<std::pair<std::string, TriangleMesh>>& surfaces) {
  std::vector<Clearance> all;
  const double length = (path.target - path.entry).norm();
  for (const auto& [name, mesh] : surfaces) {
    if (mesh.triangles.empty()) continue;
    Near near;
    for (const auto& triangle : mesh.triangles) {
      std::array<Vector, 3> corners;
      for (std::size_t i = 0; i < 3; ++i) {
        const auto& vertex = mesh.vertices[triangle[i]];
        corners[i] = Vector(double(vertex[0]), double(vertex[1]), double(vertex[2]));
      }
      look(path, corners, near);
    }
    all.push_back({name, std::sqrt(near.squared) - path.radiusMm, near.share * length, near.on});
  }
  std::sort(all.begin(), all.end(), [](const Clearance& a, const Clearance& b) { return a.mm < b.mm; });
  return all;
}

}  // namespace acuguide::volume
