#pragma once

#include <Eigen/Core>

#include <vector>

namespace acuguide::rendering {

/// The closed polygon in dashes of the length `dash`, as far apart, round its corners; each a row of points.
/// `dash` above 0.
std::vector<std::vector<Eigen::Vector3d>> dashesAlong(const std::vector<Eigen::Vector3d>& corners,
                                                      double dash);

}  // namespace acuguide::rendering
