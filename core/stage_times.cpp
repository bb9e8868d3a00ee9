#include "core/stage_times.h"

#include <algorithm>

namespace acuguide {

void StageTimes::add(double seconds) {
  if (values_.size() < capacity_) {
    values_.push_back(seconds);
  } else {
    values_[count_ % capacity_] = seconds;
  }
  ++count_;
}

StageTimes::Summary StageTimes::summary() const {
  if (values_.empty()) return {};
  std::vector<double> sorted = values_;
  std::sort(sorted.begin(), sorted.end());
  const std::size_t n = sorted.size();
  return {count_, sorted[n / 2], sorted[std::min(n - 1, n * 95 / 100)], sorted.back()};
}

}  // namespace acuguide
