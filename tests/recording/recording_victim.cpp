// Records sample frames, about 60 a second, into the folder given until it is killed, and says on its
// standard output how many are committed. Used by recorder_test.cpp.
#include "recording/recorder.h"
#include "recording/session_samples.h"

#include <chrono>
#include <cstdio>
#include <exception>
#include <thread>

int main(int argumentCount, char** arguments) {
  if (argumentCount != 2) {
    std::fprintf(stderr, "usage: session_recording_victim SESSION\n");
    return 2;
  }
  try {
    acuguide::recording::RecorderOptions options;
    options.queueFrames = 10000;
    options.commitSeconds = 0.1;
    acuguide::recording::Recorder recorder(arguments[1], options);
    std::int64_t said = 0;
    // An end of its own, should the test that started it die first.
    for (std::int64_t i = 0; i < 6000; ++i) {
      recorder.offer(acuguide::recording::samples::snapshot(i));
      const std::int64_t committed = recorder.status().framesCommitted;
      if (committed != said) {
        said = committed;
        std::printf("%lld\n", static_cast<long long>(committed));
        std::fflush(stdout);
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(16));
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
