#pragma once

#include "benchmarks/allocation_counter.h"

#include <map>
#include <string>
#include <vector>

namespace acuguide::benchmarks {

/// The value below which `share` (0..1) of the values lie, by the nearest rank; 0 for none. Takes a copy to
/// sort.
double quantile(std::vector<double> values, double share);

/// Time and allocations of each stage of many frames. A stage lasts from the last mark to its own.
class StageSamples {
 public:
  struct Summary {
    double medianMs = 0, p99Ms = 0;  ///< on the clock
    double cpuMedianMs = 0,
           cpuP99Ms = 0;     ///< of this thread's processor time: holds on a busy machine as well
    double allocations = 0;  ///< median over the frames
    double mostAllocations = 0;
    double kilobytes = 0;  ///< median over the frames, taken from the heap
  };

  /// A frame begins.
  void begin();
  /// The stage of this name ends; the next one begins.
  void mark(const std::string& stage);
  /// The frame ends: its stages together count as "whole".
  void end();

  /// Throws away what was measured: the frames so far were to warm up.
  void clear();

  /// In the order in which the stages came.
  const std::vector<std::string>& stages() const { return order_; }
  Summary summary(const std::string& stage) const;

 private:
  struct Moment {
    double wall = 0, cpu = 0;
    Allocations heap;
  };
  struct Values {
    std::vector<double> ms, cpuMs, allocations, kilobytes;
  };
  static Moment now();
  void add(const std::string& stage, double ms, double cpuMs, const Allocations& taken);

  Moment last_;
  double wholeMs_ = 0, wholeCpuMs_ = 0;
  Allocations wholeHeap_;
  std::vector<std::string> order_;
  std::map<std::string, Values> values_;
};

}  // namespace acuguide::benchmarks
