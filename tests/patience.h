#pragma once

namespace acuguide::test {

/// How many times longer than in a plain build a test waits for something before it gives up: sanitizers slow
/// everything down. The tests' own time limits grow alike (cmake/AcuguideTargets.cmake).
#if defined(__SANITIZE_THREAD__)
inline constexpr int patience = 10;
#elif defined(__SANITIZE_ADDRESS__)
inline constexpr int patience = 4;
#else
inline constexpr int patience = 1;
#endif

}  // namespace acuguide::test
