#pragma once

#include "core/frame.h"

#include <opencv2/core.hpp>

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

namespace acuguide {

/// What of a frame says whether the next one continues it.
struct FrameMoment {
  explicit FrameMoment(const Frame& frame)
      : epoch(frame.epoch), index(frame.index), time(frame.time), size(frame.pixels.size()) {}

  std::int64_t epoch;
  std::int64_t index;
  double time;
  cv::Size size;
};

/// True when what was learnt from the frame before still holds for `now`: of the same epoch and size, and
/// later by at most a second (limits::kLongestGapSeconds); also when it is the same frame again. The one rule
/// of the program for a discontinuity: tracker, tissue anchor, guidance, procedure, recorder and metrics
/// forget, or begin a new part, where this is false.
bool continues(const FrameMoment& before, const FrameMoment& now);

/// The time line of one live stream, made of its sender's stamps and of the arrivals: always increasing, and
/// as fast as true time goes, so that what is no longer seen is gone after its time whatever the sender's
/// clock does.
///
/// Stamps are followed while they go forward. A stamp that goes back, or none, is replaced by the time since
/// the last arrival, and the stamps that follow are shifted: by more than 0.1 s the clock was set, and a new
/// epoch begins; by less, frames were out of order. A sender whose stamps go back again and again, or do not
/// go at the pace of time, has no clock to speak of: from then on only arrivals count.
class StreamClock {
 public:
  struct Moment {
    double time = 0.0;       ///< seconds
    std::int64_t epoch = 0;  ///< rises by one with each discontinuity
  };

  /// `stamp`: the sender's, seconds; NaN where there is none. `arrival`: monotonicSeconds().
  Moment place(double stamp, double arrival);

  /// False once the stamps were found to be of no use.
  bool usable() const { return usable_; }

 private:
  struct Sample {
    double stamp, arrival;
  };
  void judge(double stamp, double arrival);

  bool started_ = false, usable_ = true;
  double lastStamp_ = 0.0, lastTime_ = 0.0, lastArrival_ = 0.0;
  double shift_ = 0.0;  ///< time is stamp + shift
  std::int64_t epoch_ = 0;
  std::deque<Sample> samples_;   ///< of the last seconds, since the stamps last jumped
  std::deque<double> setBacks_;  ///< arrivals at which stamps went back
};

}  // namespace acuguide
