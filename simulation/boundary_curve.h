#pragma once

#include "simulation/anatomy.h"

#include <cstdint>
#include <vector>

namespace acuguide::simulation {

/// A boundary's depth as a function of lateral position, tabulated: the curve is asked for at every cell of
/// the tissue.
class BoundaryCurve {
 public:
  BoundaryCurve(const Boundary& boundary, std::uint64_t seed, std::uint64_t stream);

  double depthAt(double x) const;
  double slopeAt(double x) const;  ///< d depth / d x

 private:
  std::vector<double> depths_;
};

/// Depth of a bone's surface at x; none beside the bone.
std::optional<double> surfaceDepth(const Bone& bone, double x);

}  // namespace acuguide::simulation
