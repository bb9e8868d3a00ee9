#pragma once

#include "core/frame.h"
#include "planning/plan.h"
#include "simulation/blade.h"
#include "simulation/frame_truth.h"
#include "simulation/simulator.h"

#include <Eigen/Core>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acuguide::benchmarking {

/// What is done to a simulated insertion to make it harder to read.
///
/// GainLow, GainHigh  all grey levels by 0.65, by 1.25.
/// Saturation         contrast so high that aponeuroses and shaft are white alike.
/// Tilt               the shaft leaves the plane towards its tail.
/// TipOutOfPlane      the tip lies beside the plane, the shaft crosses it behind the tip.
/// SecondLine         another bright straight line lies in the image and does not move.
/// Echoes             a weaker copy of the shaft lies below it and reaches farther.
/// Mirror             left and right exchanged, of image, truth and plan.
/// Overshoot          the hand goes on for 7 mm beyond the target.
enum class Alteration {
  Plain,
  GainLow,
  GainHigh,
  Saturation,
  Tilt,
  TipOutOfPlane,
  SecondLine,
  Echoes,
  Mirror,
  Overshoot
};

/// "plain", "gain_low", "gain_high", "saturation", "tilt", "tip_out_of_plane", "second_line", "echoes",
/// "mirror", "overshoot".
std::string_view nameOf(Alteration alteration);
const std::vector<Alteration>& alterations();

/// A simulated insertion under a plan of its scenario, altered, with the truth of each frame.
class TruthScene {
 public:
  /// `plan` of the scenario gives the side and angle of entry. Throws Error for an unknown scenario.
  TruthScene(const std::string& scenario, std::uint64_t seed, double framesPerSecond, Alteration alteration,
             const planning::Plan& plan);

  std::int64_t frames() const { return frames_; }
  simulation::SimulatedFrame frame(std::int64_t index);
  /// The plan as it holds for the images of this scene (mirrored where they are).
  planning::Plan planFor(planning::Plan plan) const;
  /// Where the blade is to go, mm of the plan before it is mirrored.
  Eigen::Vector2d targetMm() const { return simulator_.targetMm(); }

 private:
  std::optional<simulation::BladePose> poseAt(double time) const;
  void alter(simulation::SimulatedFrame& simulated) const;

  simulation::Simulator simulator_;
  Alteration alteration_;
  std::uint64_t seed_;
  double framesPerSecond_;
  std::int64_t frames_ = 0;
  bool withBlade_ = true;
  std::optional<simulation::BladeCourse> course_;
};

/// A plan and what makes it dangerous.
struct AdversarialPlan {
  std::string name;
  planning::Plan plan;
};

/// The shipped plan first ("shipped"), then plans made from it for a blade that goes the planned way to
/// `targetMm`:
///
/// zone_ahead   a zone whose middle lies on the way, at 62 % of it.
/// zone_grazed  a zone whose margin the shaft enters by 0.6 mm, at half the way.
/// zone_behind  a zone whose margin begins 1.5 mm beyond the target.
/// narrow       a corridor of 1.2 mm and a tolerance of 0.8 mm.
/// shallow      target and depth limit at 55 % of the way.
/// half_way     the target at 75 % of the way, the limit 1 mm below it.
std::vector<AdversarialPlan> adversarialPlans(const planning::Plan& shipped, const Eigen::Vector2d& targetMm);

}  // namespace acuguide::benchmarking
