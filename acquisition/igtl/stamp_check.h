#pragma once

#include <deque>
#include <map>
#include <string>

namespace acuguide::acquisition {

/// Whether a sender's time stamps are a clock. One that is set back once still is; stamps of a device that
/// fall back by more than 0.1 s twice within 5 s are none (a sender that writes nanoseconds where the
/// protocol has binary fractions of a second falls back every second), and are not believed from then on.
class StampCheck {
 public:
  /// False when the stamps cannot be used, from then on for ever. Seconds; `arrival` is monotonicSeconds().
  bool usable(const std::string& device, double stamp, double arrival);

  bool lost() const { return lost_; }

 private:
  std::map<std::string, double> lastStamps_;
  std::deque<double> falls_;  ///< arrivals at which stamps fell back
  bool lost_ = false;
};

}  // namespace acuguide::acquisition
