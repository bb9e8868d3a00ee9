#pragma once

#include <cstdint>

namespace acuguide::simulation {

/// A smooth random function of the plane: random values on the integer lattice, joined by quintic steps.
/// Values lie in
/// [-1, 1] and change over a length of about one; the caller scales its coordinates.
class NoiseField {
 public:
  NoiseField(std::uint64_t seed, std::uint64_t stream);
  double at(double x, double y) const;

 private:
  double lattice(std::int64_t x, std::int64_t y) const;
  std::uint64_t key_;
};

}  // namespace acuguide::simulation
