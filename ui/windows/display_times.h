#pragma once

#include "core/stage_times.h"

#include <QString>

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
  /// One line for a person: "300 frames shown, 29.9 fps, frame-to-screen age median 21 ms, p95 34 ms, max 60
  /// ms".
  QString summary() const;

 private:
  StageTimes ages_;
  std::uint64_t frames_ = 0;
  std::uint64_t lastSequence_ = 0;
  double first_ = 0.0, last_ = 0.0;
};

}  // namespace acuguide::ui
