#pragma once

#include "core/stage_times.h"

#include <cstdint>

namespace acuguide::ui {

/// What reached the screen, and how old it was there.
class DisplayTimes {
 public:
  /// A frame has been drawn; drawing the same frame again does not count.
  void add(std::uint64_t sequence, double ageSeconds);

  std::uint64_t frames() const { return frames_; }
  StageTimes::Summary ages() const { return ages_.summary(); }
  /// Frames drawn a second, between the first and the last.
  double framesPerSecond() const;

 private:
  StageTimes ages_;
  std::uint64_t frames_ = 0;
  std::uint64_t lastSequence_ = 0;
  double first_ = 0.0, last_ = 0.0;
};

}  // namespace acuguide::ui
