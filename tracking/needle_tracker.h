#pragma once

#include "core/fail_safe_ages.h"
#include "imaging/frame_analysis.h"
#include "tracking/needle_track.h"

#include <memory>
#include <vector>

namespace acuguide::tracking {

struct NeedleTrackerOptions {
  bool still = false;              ///< each frame by itself: the best sure candidate, or none
  double bornConfidence = 0.8;     ///< a candidate this sure is a needle at once
  double confirmConfidence = 0.7;  ///< one this sure must be seen again nearby in the next frames
  int confirmFrames = 2;           ///< how often
  double keepConfidence = 0.25;    ///< a candidate this sure keeps a needle that is known already
  double dropConfidence = 0.4;     ///< the needle's own confidence (see below) under which it is not found
  double lostAfterSeconds = ages::kNeedleGone;  ///< unobserved for longer: none
};

/// One needle over time: a Kalman filter on its line and tip (constant velocity), with gating, birth and
/// death.
///
/// Birth: a candidate of `bornConfidence` at once; one of `confirmConfidence` after it was seen again nearby
/// in `confirmFrames` frames without a gap between. Of several candidates the known needle takes the one that
/// its prediction and the candidates' confidences make likeliest, so that a double echo does not pull it to
/// and fro. A surer candidate elsewhere takes over only after it was seen again (`confirmFrames` times while
/// the known needle is seen as well, once while it is not).
///
/// State: Observed only in frames with a candidate of its own. From the first frame without one it is
/// Predicted, its uncertainty grows and its velocity fades; None after `lostAfterSeconds`. The needle's
/// confidence follows its candidates' (0.4 of the way each frame); below `dropConfidence` the needle is not
/// found. What is reported of it fades while the needle is not observed.
class NeedleTracker {
 public:
  explicit NeedleTracker(NeedleTrackerOptions options = {});
  ~NeedleTracker();

  /// `time` in seconds, rising, at any rate; who calls resets the tracker at a discontinuity
  /// (core/stream_clock.h). A step back (a replay stepping backwards) follows the needle back. A frame with
  /// the last one's time takes its place, so that a repeated frame changes nothing and proves nothing.
  NeedleTrack process(const std::vector<imaging::NeedleCandidate>& candidates, double time);
  void reset();

 private:
  struct Filter;
  std::unique_ptr<Filter> filter_;
};

}  // namespace acuguide::tracking
