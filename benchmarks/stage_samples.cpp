#include "benchmarks/stage_samples.h"

#include "core/clock.h"

#include <algorithm>
#include <cmath>
#include <ctime>

namespace acuguide::benchmarks {

double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
  const auto at =
      values.begin() + static_cast<std::ptrdiff_t>(std::clamp<std::size_t>(rank, 1, values.size()) - 1);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

StageSamples::Moment StageSamples::now() {
  timespec cpu{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &cpu);
  return {monotonicSeconds(), static_cast<double>(cpu.tv_sec) + 1e-9 * static_cast<double>(cpu.tv_nsec),
          allocationsSoFar()};
}

void StageSamples::begin() {
  wholeMs_ = wholeCpuMs_ = 0;
  wholeHeap_ = {};
  last_ = now();
}

void StageSamples::mark(const std::string& stage) {
  const Moment here = now();
  const double ms = 1e3 * (here.wall - last_.wall), cpuMs = 1e3 * (here.cpu - last_.cpu);
  const Allocations taken = here.heap - last_.heap;
  wholeMs_ += ms;
  wholeCpuMs_ += cpuMs;
  wholeHeap_.count += taken.count;
  wholeHeap_.bytes += taken.bytes;
  if (std::find(order_.begin(), order_.end(), stage) == order_.end()) order_.push_back(stage);
  add(stage, ms, cpuMs, taken);
  last_ = now();  // what noting it took is nobody's
}

void StageSamples::end() { add("whole", wholeMs_, wholeCpuMs_, wholeHeap_); }

void StageSamples::add(const std::string& stage, double ms, double cpuMs, const Allocations& taken) {
  Values& values = values_[stage];
  values.ms.push_back(ms);
  values.cpuMs.push_back(cpuMs);
  values.allocations.push_back(static_cast<double>(taken.count));
  values.kilobytes.push_back(static_cast<double>(taken.bytes) / 1024);
}

void StageSamples::clear() { values_.clear(); }

StageSamples::Summary StageSamples::summary(const std::string& stage) const {
  const auto found = values_.find(stage);
  if (found == values_.end()) return {};
  const Values& values = found->second;
  Summary summary;
  summary.medianMs = quantile(values.ms, 0.5);
  summary.p99Ms = quantile(values.ms, 0.99);
  summary.cpuMedianMs = quantile(values.cpuMs, 0.5);
  summary.cpuP99Ms = quantile(values.cpuMs, 0.99);
  summary.allocations = quantile(values.allocations, 0.5);
  summary.mostAllocations = quantile(values.allocations, 1.0);
  summary.kilobytes = quantile(values.kilobytes, 0.5);
  return summary;
}

}  // namespace acuguide::benchmarks
