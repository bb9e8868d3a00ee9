#pragma once

#include "imaging/frame_analysis.h"
#include "tracking/needle_track.h"

#include <memory>
#include <vector>

namespace acuguide::tracking {

struct NeedleTrackerOptions {
  bool still = false;               ///< each frame by itself: the best sure candidate, or none
  double bornConfidence = 0.8;      ///< a candidate this sure is a needle at once
  double confirmConfidence = 0.5;   ///< one this sure must be seen again nearby in the next frames
  int confirmFrames = 2;            ///< how often
  double predictAfterSeconds = 0.2; ///< unobserved for longer: drawn as predicted
  double lostAfterSeconds = 0.5;    ///< unobserved for longer: none
};

/// One needle over time: a Kalman filter on its line and tip (constant velocity), with gating, birth and death.
class NeedleTracker {
 public:
  explicit NeedleTracker(NeedleTrackerOptions options = {});
  ~NeedleTracker();

  /// `time` in seconds, rising. A gap or a step back of more than a second starts anew.
  NeedleTrack process(const std::vector<imaging::NeedleCandidate>& candidates, double time);
  void reset();

 private:
  struct Filter;
  std::unique_ptr<Filter> filter_;
};

}  // namespace acuguide::tracking
