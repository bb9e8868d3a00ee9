#pragma once

#include <cmath>
#include <numbers>

namespace acuguide::simulation {

/// Amplitude ratio of a level in dB.
inline double amplitude(double decibels) { return std::exp(decibels * (std::numbers::ln10 / 20.0)); }

}  // namespace acuguide::simulation
