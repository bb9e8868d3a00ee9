#include "acquisition/igtl/stamp_check.h"

namespace acuguide::acquisition {

bool StampCheck::usable(const std::string& device, double stamp, double arrival) {
  constexpr double kFall = 0.1, kWindow = 5.0;
  constexpr std::size_t kMostFalls = 1, kMostDevices = 64;
  const auto last = lastStamps_.find(device);
  if (last != lastStamps_.end() && stamp < last->second - kFall) {
    // All devices of a sender have one clock: set back, it falls back once for each of them.
    if (falls_.empty() || arrival - falls_.back() > kFall) falls_.push_back(arrival);
    lastStamps_.clear();
  }
  if (lastStamps_.size() < kMostDevices || lastStamps_.contains(device)) lastStamps_[device] = stamp;
  while (!falls_.empty() && falls_.front() < arrival - kWindow) falls_.pop_front();
  if (falls_.size() > kMostFalls) lost_ = true;
  return !lost_;
}

}  // namespace acuguide::acquisition
