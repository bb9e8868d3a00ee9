#pragma once

#include <cstdint>
#include <fstream>
#include <string>

namespace acuguide::acquisition {

/// VmRSS of this process; 0 under the address sanitizer, which keeps freed memory back on purpose.
inline std::int64_t residentBytes() {
#ifdef __SANITIZE_ADDRESS__
  return 0;
#endif
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    if (word != "VmRSS:") continue;
    std::int64_t kilobytes = 0;
    status >> kilobytes;
    return kilobytes * 1024;
  }
  return 0;
}

}  // namespace acuguide::acquisition
