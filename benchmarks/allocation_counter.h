#pragma once

#include <cstdint>

namespace acuguide::benchmarks {

/// What a thread took from the heap.
struct Allocations {
  std::int64_t count = 0;
  std::int64_t bytes = 0;

  Allocations operator-(const Allocations& since) const { return {count - since.count, bytes - since.bytes}; }
};

/// Every malloc, calloc, realloc and aligned allocation that the calling thread has made so far, by whatever
/// library (operator new and cv::Mat end there too): this program puts its own functions in front of glibc's.
/// Only differences mean anything.
Allocations allocationsSoFar();

/// False under a sanitizer, which needs the allocator for itself; nothing is counted then.
bool allocationsAreCounted();

}  // namespace acuguide::benchmarks
