#pragma once

#include <Eigen/Core>

#include <vector>

namespace acuguide::imaging {

/// How much of the area within the closed outline `one` lies within the closed outline `other`: 0 to 1, to
/// about a fiftieth. 0 where either has no area. Both in the same unit.
double shareInside(const std::vector<Eigen::Vector2d>& one, const std::vector<Eigen::Vector2d>& other);

}  // namespace acuguide::imaging
