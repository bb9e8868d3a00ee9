#include "acquisition/stream/playback.h"

#include <algorithm>

namespace acuguide::acquisition {

double PlaybackPace::due(double frameTime, double speed, double now) const {
  if (!started_) return now;
  constexpr double kLongestGap = 5.0;
  const double recorded = frameTime - lastTime_;
  const double gap = recorded > 0.0 ? std::min(recorded, kLongestGap) : usualGap_;
  return lastDue_ + gap / speed;
}

void PlaybackPace::released(double frameTime, double dueTime, double now) {
  constexpr double kCatchUp = 0.1;
  lastDue_ = now - dueTime > kCatchUp ? now : dueTime;
  lastTime_ = frameTime;
  started_ = true;
}

}  // namespace acuguide::acquisition
