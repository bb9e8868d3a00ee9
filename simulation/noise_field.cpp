#include "simulation/noise_field.h"

#include "simulation/random.h"

#include <cmath>

namespace acuguide::simulation {

namespace {

double fade(double t) { return t * t * t * (t * (6.0 * t - 15.0) + 10.0); }

}  // namespace

NoiseField::NoiseField(std::uint64_t seed, std::uint64_t stream) : key_(Random(seed, stream).next()) {}

double NoiseField::lattice(std::int64_t x, std::int64_t y) const {
  const auto bits = static_cast<std::uint64_t>(x) * 0x9E3779B97F4A7C15ULL ^
                    static_cast<std::uint64_t>(y) * 0xC2B2AE3D27D4EB4FULL;
  return static_cast<double>(mixBits(bits ^ key_) >> 11) * 0x1.0p-52 - 1.0;
}

double NoiseField::at(double x, double y) const {
  const double left = std::floor(x), top = std::floor(y);
  const auto i = static_cast<std::int64_t>(left), j = static_cast<std::int64_t>(top);
  const double u = fade(x - left), v = fade(y - top);
  const double above = lattice(i, j) + u * (lattice(i + 1, j) - lattice(i, j));
  const double below = lattice(i, j + 1) + u * (lattice(i + 1, j + 1) - lattice(i, j + 1));
  return above + v * (below - above);
}

}  // namespace acuguide::simulation
