#pragma once

#include "acquisition/frame_source.h"
#include "acquisition/source_catalog.h"
#include "simulation/blade.h"
#include "simulation/frame_truth.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace acuguide::simulation {

/// What is to be practised: one limb, one point, one place to go in. Same seed, same task.
struct PracticeTask {
  std::string scenario;
  std::string acupoint;  ///< "ST36"
  std::uint64_t seed = 1;
  Eigen::Vector2d targetMm = Eigen::Vector2d::Zero();  ///< lateral, depth below the probe face, at rest
  double entryMm = 0.0;                                ///< where the shaft meets the skin, lateral
  double angle = 0.5;  ///< of the blade at first, radians to the probe face; not the right one
  bool fromLeft = true;
  std::vector<StructureTruth> structures;  ///< nerves and vessels in the first picture, px
  double spacingMm = 0.0;
  Eigen::Vector2d originPx = Eigen::Vector2d::Zero();  ///< the middle of the probe face in the picture
};

/// A limb, a point and an entry drawn at random.
PracticeTask practiceTask(std::uint64_t seed);

/// A blade that a hand moves, about the place where it meets the skin. Thread-safe.
class PracticeBlade {
 public:
  explicit PracticeBlade(const PracticeTask& task);

  void advance(double mm);    ///< along the shaft; negative: out
  void turn(double radians);  ///< positive: steeper
  double inserted() const;    ///< mm of shaft below the skin; negative: not in
  BladePose pose() const;

 private:
  const double entryMm_;
  const bool fromLeft_;
  mutable std::mutex mutex_;
  double inserted_ = -3.0;
  double angle_;
};

/// The task's limb as a live source, with the blade where the hand holds it. Each frame has the poses
/// NeedleToReference and ImageToReference, mm, in the plane of the picture, as a tracker would give them.
class PracticeSource : public acquisition::FrameSource {
 public:
  PracticeSource(std::string name, const PracticeTask& task, std::shared_ptr<const PracticeBlade> blade);
  ~PracticeSource() override;

  const acquisition::SourceInfo& info() const override;
  std::optional<Frame> read() override;

 private:
  struct Room;
  std::unique_ptr<Room> room_;
};

}  // namespace acuguide::simulation
