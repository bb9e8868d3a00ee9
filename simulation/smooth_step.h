#pragma once

#include <algorithm>

namespace acuguide::simulation {

/// From 0 at t <= 0 to 1 at t >= 1 without a kink.
inline double smoothStep(double t) {
  t = std::clamp(t, 0.0, 1.0);
  return t * t * (3.0 - 2.0 * t);
}

/// The same between two values; `low` may be the larger one.
inline double smoothStep(double low, double high, double value) {
  return smoothStep((value - low) / (high - low));
}

}  // namespace acuguide::simulation
