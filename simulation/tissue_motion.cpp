#include "simulation/tissue_motion.h"

#include "core/units.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace acuguide::simulation {

namespace {

double wave(double hertz, double time) { return std::sin(2.0 * std::numbers::pi * hertz * time); }

/// Arterial pressure over one beat, 0 to 1: a quick rise, a slow fall.
double pressure(double beats) {
  const double phase = beats - std::floor(beats);
  constexpr double kRise = 0.14;
  if (phase < kRise) return 0.5 - 0.5 * std::cos(std::numbers::pi * phase / kRise);
  const double fall = (phase - kRise) / (1.0 - kRise);
  return (1.0 - fall) * std::exp(-1.5 * fall);
}

}  // namespace

TissueMotion::TissueMotion(const MotionOptions& options, const std::vector<Structure>& structures)
    : options_(options) {
  for (const Structure& structure : structures) {
    if (structure.kind == StructureKind::Artery || structure.kind == StructureKind::Vein)
      vessels_.push_back(structure);
  }
}

void TissueMotion::moveTo(double time, const std::optional<BladePose>& bladeAtRest) {
  slide_ = options_.slideMm * wave(options_.slideHz, time);
  rock_ = radians(options_.rockDeg) * wave(options_.rockHz, time);
  elevation_ = options_.elevationMm * wave(options_.elevationHz, time);
  compression_ =
      options_.compression * 0.5 * (1.0 - std::cos(2.0 * std::numbers::pi * options_.compressionHz * time));
  breathing_ = options_.breathingMm * wave(options_.breathingHz, time);
  systole_ = pressure(options_.pulseHz * time);

  bladeSeen_.reset();
  if (!bladeAtRest) return;
  BladePose seen = *bladeAtRest;
  constexpr double kLever = 15.0;  // mm of shaft that decide its direction
  seen.tipMm = seenWithoutBlade(bladeAtRest->tipMm);
  const Eigen::Vector2d along = seen.tipMm - seenWithoutBlade(bladeAtRest->at(kLever));
  seen.angle = std::atan2(along.y(), std::abs(along.x()));
  seen.offPlaneMm += elevation_;
  bladeSeen_ = seen;
}

double TissueMotion::growthOf(const Structure& structure) const {
  if (structure.kind == StructureKind::Artery) return 1.0 + options_.pulseShare * systole_;
  if (structure.kind == StructureKind::Vein) return 1.0 - 4.0 * compression_;  // veins give way to the probe
  return 1.0;
}

Eigen::Vector2d TissueMotion::carried(const Eigen::Vector2d& seen) const {
  const double depthShare =
      std::clamp(seen.y() / 8.0, 0.0, 1.0);  // skin follows the face, deep tissue does not
  Eigen::Vector2d rest = seen;
  rest.y() *= 1.0 + compression_;
  rest.y() += rock_ * seen.x() * depthShare;
  rest.x() += slide_ - rock_ * seen.y() * depthShare + breathing_ * std::clamp(seen.y() / 30.0, 0.0, 1.0);
  for (const Structure& vessel : vessels_) {
    const Eigen::Vector2d off = rest - vessel.centre;
    const double radius = vessel.radii.maxCoeff();
    const double growth = growthOf(vessel);
    const double fade = std::min(1.0, radius * radius / std::max(off.squaredNorm(), 1e-9));
    rest -= off * (1.0 - 1.0 / growth) * fade;
  }
  return rest;
}

Eigen::Vector2d TissueMotion::restOf(const Eigen::Vector2d& seen) const {
  if (!bladeSeen_) return carried(seen);
  // The tip pushes tissue ahead while it advances; the shaft drags a little of it along.
  const Eigen::Vector2d direction = bladeSeen_->direction();
  const Eigen::Vector2d off = seen - bladeSeen_->tipMm;
  const double along = off.dot(direction);
  const double across = direction.x() * off.y() - direction.y() * off.x();
  const double push = std::clamp(bladeSeen_->speedMmPerSecond / 6.0, -1.0, 1.0);
  const double ahead = 0.45 * push * std::exp(-(along - 1.0) * (along - 1.0) / 8.0 - across * across / 10.0);
  const double beside =
      along < 0.0 ? 0.18 * push * std::exp(-across * across / 5.0) * (1.0 - std::exp(along / 2.0)) : 0.0;
  return carried(seen - (ahead + beside) * direction);
}

Eigen::Vector2d TissueMotion::seenOf(const Eigen::Vector2d& rest) const {
  Eigen::Vector2d seen = rest;
  for (int i = 0; i < 6; ++i) seen += rest - restOf(seen);
  return seen;
}

Eigen::Vector2d TissueMotion::seenWithoutBlade(const Eigen::Vector2d& rest) const {
  Eigen::Vector2d seen = rest;
  for (int i = 0; i < 6; ++i) seen += rest - carried(seen);
  return seen;
}

}  // namespace acuguide::simulation
