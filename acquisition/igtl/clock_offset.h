#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>

namespace acuguide::acquisition {

/// Puts the time stamps of a sender's clock on ours. The offset is the smallest (arrival - stamp) of the last
/// ten seconds, as in one-way clock synchronisation: the message that was delayed least tells the clocks
/// apart best, and what others were delayed more then shows as their age. A sender's clock that is set back
/// (the stamps of one device go back by more than 0.1 s) starts the estimate again.
class ClockOffset {
 public:
  /// Seconds on our clock at which the message stamped `stamp` was made; at most `arrival`. Both in seconds,
  /// `arrival` is monotonicSeconds(). `device`: whose message it is; those of several devices may come a
  /// little out of order.
  double toLocal(double stamp, double arrival, const std::string& device = {});

  /// Ours minus the sender's, seconds; nullopt before the first stamp.
  std::optional<double> seconds() const;

 private:
  struct Sample {
    double arrival, difference;
  };
  std::deque<Sample> samples_;                ///< rising differences: the first is the smallest
  std::map<std::string, double> lastStamps_;  ///< of each device
};

}  // namespace acuguide::acquisition
