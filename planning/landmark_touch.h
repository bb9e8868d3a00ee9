#pragma once

#include "planning/locate.h"

#include <Eigen/Core>

#include <deque>
#include <optional>

namespace acuguide::planning {

struct LandmarkTouchOptions {
  double holdSeconds = 0.5;    ///< the stylus must rest this long; the mean of it is the landmark
  int leastSightings = 5;      ///< within that time
  double steadyMm = 1.5;       ///< largest rms distance from that mean
  double freshSeconds = 0.25;  ///< a tip not seen for longer is not seen
  double palpationSdMm = 2.0;  ///< of the finger that finds the landmark, in each direction
};

/// A landmark touched with the tip of a stylus: watches the tip, and takes its mean over the last moment once
/// it rests. What the tip scatters meanwhile is added to the palpation's own error.
class LandmarkTouch {
 public:
  explicit LandmarkTouch(LandmarkTouchOptions options = {}) : options_(options) {}

  /// `time`: seconds, not falling. `tipMm`: in the frame the landmarks are touched in; none: not seen, and
  /// the rest begins anew.
  void see(double time, const std::optional<Eigen::Vector3d>& tipMm);

  /// Where the tip is at `now`; none when it is not seen.
  std::optional<Eigen::Vector3d> tip(double now) const;

  /// The landmark under the tip. Throws Error, with what to do, when the tip is not seen, not for long enough
  /// yet, or does not rest.
  LandmarkReading reading(double now) const;

 private:
  struct Sight {
    double time = 0;
    Eigen::Vector3d mm;
  };

  LandmarkTouchOptions options_;
  std::deque<Sight> sights_;  ///< of the last `holdSeconds`, without a gap
};

}  // namespace acuguide::planning
