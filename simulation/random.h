#pragma once

#include <cstdint>

namespace acuguide::simulation {

/// Mixes 64 bits well (the finaliser of SplitMix64: Steele, Lea, Flood, OOPSLA
/// 2014, 10.1145/2660193.2660195).
constexpr std::uint64_t mixBits(std::uint64_t value) {
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ULL;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EBULL;
  return value ^ (value >> 31);
}

/// SplitMix64. The standard library's distributions differ between implementations; this does not: same seed
/// and stream, same numbers.
class Random {
 public:
  explicit Random(std::uint64_t seed, std::uint64_t stream = 0)
      : state_(mixBits(seed + 0x9E3779B97F4A7C15ULL) ^ mixBits(stream + 0xD1B54A32D192ED03ULL)) {}

  std::uint64_t next() { return mixBits(state_ += 0x9E3779B97F4A7C15ULL); }
  double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }  ///< [0, 1)
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  double normal();  ///< mean 0, variance 1 (polar method)

 private:
  std::uint64_t state_;
  double spare_ = 0.0;
  bool hasSpare_ = false;
};

}  // namespace acuguide::simulation
