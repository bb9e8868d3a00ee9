#pragma once

#include "guidance/course.h"
#include "guidance/guidance.h"
#include "planning/picture_frame.h"

#include <vector>

namespace acuguide::guidance {

/// What the hand has to do in this state, most important first; in a Stop to withdraw and nothing else.
/// `withdrawMm` is how far to draw back to end a Stop for a danger or for depth; where that is not known, or
/// no distance helps, the hint has no amount: all the way. On course corrections under 3 degrees are not
/// asked for.
std::vector<HintAmount> hintsFor(GuidanceState state, GuidanceReason reason,
                                 const planning::PictureFrame& frame, const Blade& blade,
                                 const std::optional<Course>& course, double tolerance,
                                 std::optional<double> withdrawMm);

/// What must be done is said at once (hold, withdraw); what is to be corrected or advanced is said when every
/// frame has agreed on it for `holdSeconds`, so that the hints of a resting blade do not flip. A hint that no
/// longer holds goes at once where the opposite is asked for, where a course is no longer claimed, or where
/// nothing is asked for; else when it has not been asked for for as long.
class HintSettler {
 public:
  explicit HintSettler(double holdSeconds = 0.5) : holdSeconds_(holdSeconds) {}

  /// Leaves in `guidance.hints` what may be shown, most important first. `time`: the frame's, seconds; a step
  /// back or a gap of more than a second begins anew.
  void settle(Guidance& guidance, double time);
  void reset();

 private:
  void drop(const Guidance& guidance);

  double holdSeconds_;
  std::optional<HintAmount> shown_;
  std::optional<Hint> next_;  ///< asked for instead, since `nextSince_`
  double nextSince_ = 0.0;
  double supported_ = 0.0;      ///< when the one shown was last asked for
  std::optional<double> time_;  ///< none: the next frame has no past, and its hints show at once
};

}  // namespace acuguide::guidance
