#include "acquisition/igtl/clock_offset.h"

#include <algorithm>

namespace acuguide::acquisition {

double ClockOffset::toLocal(double stamp, double arrival) {
  constexpr double kWindow = 10.0;
  constexpr std::size_t kMostSamples = 4096;
  constexpr double kSetBack = 0.5;  // messages of several devices may come a little out of order
  if (!samples_.empty() && stamp < lastStamp_ - kSetBack) samples_.clear();
  lastStamp_ = stamp;
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
