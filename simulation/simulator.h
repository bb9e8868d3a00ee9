#pragma once

#include "core/frame.h"
#include "simulation/blade.h"
#include "simulation/frame_truth.h"
#include "simulation/scenario.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace acuguide::simulation {

struct SimulatorOptions {
  std::uint64_t seed = 1;
  std::int64_t frames = 300;
  double framesPerSecond = 30.0;
};

struct SimulatedFrame {
  Frame frame;
  FrameTruth truth;
};

/// A B-mode phantom: layered limb tissue seen by a linear or curved probe while a blade goes in. Pictures are
/// 640x480, 8 bit, with known spacing. Same scenario and options, same bytes, in whatever order the frames
/// are asked for. Speckle model after Thijssen (Ultrasonics 2003, 10.1016/S0041-624X(03)00164-3): scatterers
/// fixed in the tissue, complex amplitudes, depth-dependent point spread function. For one thread.
class Simulator {
 public:
  /// Throws Error for an unknown scenario (naming the known ones) and for options out of range.
  explicit Simulator(const std::string& scenario, const SimulatorOptions& options = {});
  ~Simulator();
  Simulator(const Simulator&) = delete;
  Simulator& operator=(const Simulator&) = delete;

  const ScenarioInfo& info() const;
  const SimulatorOptions& options() const { return options_; }

  /// The scenario's own course. `index` from 0; frames beyond options().frames continue it.
  SimulatedFrame render(std::int64_t index);
  /// The same picture without the cost of its truth.
  Frame picture(std::int64_t index);

  /// A blade held by someone else (practice): none shows the tissue alone. The pose is in the picture plane
  /// of the probe at rest.
  SimulatedFrame renderWithBlade(std::int64_t index, const std::optional<BladePose>& blade);

  /// Where the blade of the scenario is to go, mm in the picture plane with probe and tissue at rest.
  Eigen::Vector2d targetMm() const;

 private:
  struct Parts;
  void moveTo(std::int64_t index, const std::optional<BladePose>& blade);
  Frame form(std::int64_t index);

  SimulatorOptions options_;
  std::unique_ptr<Parts> parts_;
};

}  // namespace acuguide::simulation
