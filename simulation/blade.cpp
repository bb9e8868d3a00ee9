#include "simulation/blade.h"

#include "core/units.h"
#include "simulation/random.h"
#include "simulation/smooth_step.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace acuguide::simulation {

namespace {

constexpr double kWithdrawalSeconds = 3.0;

/// Share of the way as a share of the time: three strokes, two pauses in which the operator looks.
double strokes(double t) {
  return 0.38 * smoothStep(t / 0.30) + 0.34 * smoothStep((t - 0.40) / 0.25) +
         0.28 * smoothStep((t - 0.75) / 0.25);
}

}  // namespace

Eigen::Vector2d BladePose::direction() const {
  return {fromLeft ? std::cos(angle) : -std::cos(angle), std::sin(angle)};
}

BladeCourse::BladeCourse(const BladeCourseOptions& options, std::uint64_t seed) : options_(options) {
  Random random(seed, 51);
  for (double& phase : phases_) phase = random.uniform(0.0, 2.0 * std::numbers::pi);
}

double BladeCourse::pathLength() const {
  return options_.targetMm.y() / std::sin(radians(options_.angleDeg));
}

double BladeCourse::inserted(double time) const {
  const double in = strokes((time - options_.enterAt) / (options_.arriveAt - options_.enterAt));
  const double out =
      options_.withdrawAt ? smoothStep((time - *options_.withdrawAt) / kWithdrawalSeconds) : 0.0;
  return pathLength() * in * (1.0 - out);
}

std::optional<BladePose> BladeCourse::at(double time) const {
  const double length = inserted(time);
  if (length <= 0.0) return std::nullopt;

  constexpr double kStep = 0.02;  // s
  constexpr double kTurn = 2.0 * std::numbers::pi;
  const auto sway = [&](int i, double hertz) { return std::sin(kTurn * hertz * time + phases_[i]); };
  BladePose pose;
  pose.fromLeft = options_.fromLeft;
  pose.angle = radians(options_.angleDeg + options_.tremorDeg * (0.6 * sway(0, 0.7) + 0.4 * sway(1, 2.3)));
  pose.speedMmPerSecond = (inserted(time + kStep) - inserted(time - kStep)) / (2.0 * kStep);
  pose.tipMm = options_.targetMm;
  pose.tipMm = pose.at(pathLength() - length);
  pose.tipMm +=
      options_.tremorMm * Eigen::Vector2d(0.7 * sway(2, 0.9) + 0.3 * sway(3, 3.1), 0.5 * sway(4, 1.3));
  pose.offPlaneMm = options_.offPlaneMm + 0.8 * options_.tremorMm * sway(5, 0.5);
  pose.offPlaneSlope = options_.offPlaneSlope;
  return pose;
}

}  // namespace acuguide::simulation
