#pragma once

#include <numbers>
#include <optional>

namespace acuguide {

// Inside the program lengths are millimetres, angles radians, times seconds. Names say so where they hold
// anything else (`tipPx`, `angleDeg`). Degrees appear only at the edges: files and screens.

constexpr double radians(double degrees) { return degrees * std::numbers::pi / 180.0; }
constexpr double degrees(double radians) { return radians * 180.0 / std::numbers::pi; }

/// A length in the picture. Pixels are always known; millimetres only with a known pixel spacing, never
/// guessed.
struct ImageLength {
  double px = 0.0;
  std::optional<double> mm;
};

}  // namespace acuguide
