#include "ui/windows/display_times.h"

#include "core/clock.h"

#include <QCoreApplication>

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

QString DisplayTimes::summary() const {
  const auto ms = [](double seconds) { return QString::number(seconds * 1000.0, 'f', 1); };
  const StageTimes::Summary age = ages_.summary();
  return QCoreApplication::translate(
             "DisplayTimes",
             "%1 frames shown, %2 fps, frame-to-screen age median %3 ms, p95 %4 ms, max %5 ms")
      .arg(frames_)
      .arg(framesPerSecond(), 0, 'f', 1)
      .arg(ms(age.median), ms(age.p95), ms(age.max));
}

}  // namespace acuguide::ui
