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

/// False where a frame takes so long that the screen takes its picture for old (rightly): what needs a live
/// picture cannot be tested there.
inline constexpr bool keepsUpWithVideo = patience < 10;

}  // namespace acuguide::test
