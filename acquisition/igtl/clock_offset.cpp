#include "acquisition/igtl/clock_offset.h"

#include <algorithm>

namespace acuguide::acquisition {

double ClockOffset::toLocal(double stamp, double arrival, const std::string& device) {
  constexpr double kWindow = 10.0;
  constexpr std::size_t kMostSamples = 4096;
  constexpr std::size_t kMostDevices = 64;
  constexpr double kSetBack = 0.1;
  const auto last = lastStamps_.find(device);
  if (last != lastStamps_.end() && stamp < last->second - kSetBack) {
    samples_.clear();
    lastStamps_.clear();
  }
  if (lastStamps_.size() < kMostDevices || lastStamps_.contains(device)) lastStamps_[device] = stamp;
  const double difference = arrival - stamp;
  while (!samples_.empty() && samples_.back().difference >= difference) samples_.pop_back();
  if (samples_.size() >= kMostSamples) samples_.pop_back();  // a sender that floods
  samples_.push_back({arrival, difference});
  while (samples_.front().arrival < arrival - kWindow) samples_.pop_front();
  return std::min(stamp + samples_.front().difference, arrival);
}

std::optional<double> ClockOffset::seconds() const {
  if (samples_.empty()) return std::nullopt;
  return samples_.front().difference;
}

}  // namespace acuguide::acquisition
