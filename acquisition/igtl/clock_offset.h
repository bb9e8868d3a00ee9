#pragma once

#include <deque>
#include <optional>

namespace acuguide::acquisition {

/// Puts the time stamps of a sender's clock on ours. The offset is the smallest (arrival - stamp) of the last
/// ten seconds, as in one-way clock synchronisation: the message that was delayed least tells the clocks
/// apart best, and what others were delayed more then shows as their age. A sender's clock that is set anew
/// (stamps that go back) starts the estimate again.
class ClockOffset {
 public:
  /// Seconds on our clock at which the message stamped `stamp` was made; at most `arrival`. Both in seconds,
  /// `arrival` is monotonicSeconds().
  double toLocal(double stamp, double arrival);

  /// Ours minus the sender's, seconds; nullopt before the first stamp.
  std::optional<double> seconds() const;

 private:
  struct Sample {
    double arrival, difference;
  };
  std::deque<Sample> samples_;  ///< rising differences: the first is the smallest
  double lastStamp_ = 0.0;
};

}  // namespace acuguide::acquisition
