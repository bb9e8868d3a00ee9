#pragma once

#include <chrono>

namespace acuguide {

/// Seconds on the program's monotonic clock. Only differences mean anything.
inline double monotonicSeconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace acuguide
