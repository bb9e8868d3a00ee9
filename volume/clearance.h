#pragma once

#include "core/triangle_mesh.h"

#include <Eigen/Core>

#include <string>
#include <utility>
#include <vector>

namespace acuguide::volume {

/// A straight way in, mm in the volume's coordinates.
struct BladePath {
  Eigen::Vector3d entry = Eigen::Vector3d::Zero(), target = Eigen::Vector3d::Zero();
  double radiusMm = 0.4;  ///< half the blade's width: whichever way it is turned
};

struct Clearance {
  std::string name;      ///< of the surface: "vessel1"
  double mm = 0.0;       ///< between the blade and the surface; negative where it cuts it
  double depthMm = 0.0;  ///< along the way from the entry, where it is nearest
  Eigen::Vector3d nearest = Eigen::Vector3d::Zero();  ///< place on the surface
};

/// The least distance of the whole blade, from entry to target, to each surface, nearest first. Exact for the
/// axis (segment to triangle), less the radius. Surfaces without triangles are left out.
std::vector<Clearance> clearances(const BladePath& path,
                                  const std::vector<std::pair<std::string, TriangleMesh>>& surfaces);

}  // namespace acuguide::volume
