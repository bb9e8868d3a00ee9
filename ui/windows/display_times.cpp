#include "ui/windows/display_times.h"

#include "core/clock.h"

namespace acuguide::ui {

void DisplayTimes::add(std::uint64_t sequence, double ageSeconds) {
  if (frames_ > 0 && sequence == lastSequence_) return;
  lastSequence_ = sequence;
  last_ = monotonicSeconds();
  if (frames_ == 0) first_ = last_;
  ++frames_;
  ages_.add(ageSeconds);
}

double DisplayTimes::framesPerSecond() const {
  return frames_ > 1 && last_ > first_ ? static_cast<double>(frames_ - 1) / (last_ - first_) : 0.0;
}

}  // namespace acuguide::ui
