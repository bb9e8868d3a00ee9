#pragma once

#include <cstddef>
#include <vector>

namespace acuguide {

/// Keeps the durations of one stage and says how it did. Bounded: a ring of the last `capacity` values.
class StageTimes {
 public:
  struct Summary {
    std::size_t count = 0;                ///< all values ever added
    double median = 0, p95 = 0, max = 0;  ///< seconds, over the values kept
  };

  explicit StageTimes(std::size_t capacity = 20000) : capacity_(capacity) {}
  void add(double seconds);
  Summary summary() const;

 private:
  std::size_t capacity_;
  std::size_t count_ = 0;
  std::vector<double> values_;
};

}  // namespace acuguide
