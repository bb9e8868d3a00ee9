#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace acuguide::simulation {

/// Random values that fill space: a cube of them that repeats in all three directions, read between its nodes
/// linearly. `Parts` numbers a node: 1 for texture, 2 for speckle (in phase, quadrature).
template <int Parts>
class SpaceNoise {
 public:
  static constexpr int kSize = Parts == 1 ? 64 : 96;  ///< nodes along an edge

  /// `pitch`: mm between nodes; `sigma`: of the Gaussian that smooths the values along x, y and z, mm. Values
  /// keep a standard deviation of 1 (a part of speckle: of the square root of a half).
  SpaceNoise(std::uint64_t seed, std::uint64_t stream, double pitch, const std::array<double, 3>& sigma);

  std::array<float, Parts> at(double x, double y, double z) const;

 private:
  std::size_t index(int x, int y, int z) const {
    return static_cast<std::size_t>(((z * kSize) + y) * kSize + x) * Parts;
  }
  void smooth(int axis, double sigmaNodes);

  double perMm_;
  std::vector<float> nodes_;
};

using Texture = SpaceNoise<1>;
using Speckle = SpaceNoise<2>;

}  // namespace acuguide::simulation
