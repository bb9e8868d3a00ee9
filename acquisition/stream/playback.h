#pragma once

namespace acuguide::acquisition {

/// When the frames of a recording are due: each follows the one before by the recorded time between them over
/// the speed. Times are seconds; `now` is monotonicSeconds().
class PlaybackPace {
 public:
  /// `usualGap`: for steps that say nothing (a loop's jump back, equal times).
  explicit PlaybackPace(double usualGap) : usualGap_(usualGap) {}

  /// When the frame of this recorded time is due. At once when nothing was released before.
  double due(double frameTime, double speed, double now) const;

  /// The frame was released. Being late by a little does not shift what follows, being late by much does.
  void released(double frameTime, double dueTime, double now);

  /// The next frame follows `now`, not what was released before (after a pause).
  void resume(double now) { lastDue_ = now; }

  /// The next frame is due at once (after a seek).
  void restart() { started_ = false; }

 private:
  double usualGap_;
  bool started_ = false;
  double lastDue_ = 0.0;
  double lastTime_ = 0.0;
};

}  // namespace acuguide::acquisition
