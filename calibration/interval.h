#pragma once

#include <cmath>
#include <limits>

namespace acuguide::calibration {

/// Half the width of the interval that holds the truth with 95 %, in standard deviations. Where the deviation
/// itself was estimated from few degrees of freedom the interval is wider: Student's t, by the expansion of
/// Abramowitz and Stegun (26.7.5; three digits from 3 degrees of freedom up).
inline double interval95(double freedom = std::numeric_limits<double>::infinity()) {
  constexpr double z = 1.959964;
  if (!(freedom >= 1)) return 12.706;  // of one degree of freedom: fewer say nothing
  const double z3 = z * z * z, z5 = z3 * z * z, z7 = z5 * z * z, z9 = z7 * z * z;
  if (freedom < 2) return 12.706;
  if (freedom < 3) return 4.303;
  return z + (z3 + z) / 4 / freedom + (5 * z5 + 16 * z3 + 3 * z) / 96 / std::pow(freedom, 2) +
         (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / 384 / std::pow(freedom, 3) +
         (79 * z9 + 776 * z7 + 1482 * z5 - 1920 * z3 - 945 * z) / 92160 / std::pow(freedom, 4);
}

}  // namespace acuguide::calibration
