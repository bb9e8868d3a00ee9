#include "simulation/boundary_curve.h"

#include "core/units.h"
#include "simulation/noise_field.h"

#include <algorithm>
#include <cmath>

namespace acuguide::simulation {

namespace {

constexpr double kReach = 90.0;  ///< mm to either side
constexpr double kStep = 0.25;   ///< mm
constexpr int kCount = static_cast<int>(2 * kReach / kStep) + 1;

}  // namespace

BoundaryCurve::BoundaryCurve(const Boundary& boundary, std::uint64_t seed, std::uint64_t stream) {
  const NoiseField noise(seed, stream);
  const double slope = -std::tan(radians(boundary.slopeDeg));
  depths_.reserve(kCount);
  for (int i = 0; i < kCount; ++i) {
    const double x = -kReach + i * kStep;
    const double undulation = 0.75 * noise.at(x / 14.0, 0.5) + 0.25 * noise.at(x / 5.0, 7.5);
    depths_.push_back(boundary.depth + slope * x + boundary.bulge * x * x / 625.0 +
                      boundary.wave * undulation);
  }
}

double BoundaryCurve::depthAt(double x) const {
  const double position = std::clamp((x + kReach) / kStep, 0.0, kCount - 1.001);
  const auto i = static_cast<std::size_t>(position);
  return depths_[i] + (position - static_cast<double>(i)) * (depths_[i + 1] - depths_[i]);
}

double BoundaryCurve::slopeAt(double x) const {
  return (depthAt(x + 0.5 * kStep) - depthAt(x - 0.5 * kStep)) / kStep;
}

std::optional<double> surfaceDepth(const Bone& bone, double x) {
  const double across = x - bone.top.x();
  if (std::abs(across) > bone.halfWidth) return std::nullopt;
  return bone.top.y() + bone.radius - std::sqrt(bone.radius * bone.radius - across * across);
}

}  // namespace acuguide::simulation
