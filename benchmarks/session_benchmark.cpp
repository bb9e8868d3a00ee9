// Recording and seeking in long sessions: session_benchmark [MINUTES] [SCRATCH_FOLDER]
// Records simulated pictures (60 of them, over and over, each with its number in its pixels) as fast as the
// disk takes them, then asks for 200 random frames, and reports times, size and memory. The frame that comes
// is checked to be the frame asked for.

#include "core/clock.h"
#include "recording/numbered_picture.h"
#include "recording/session_source.h"
#include "recording/session_writer.h"
#include "simulation/simulator.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

namespace acuguide {
namespace {

namespace fs = std::filesystem;

constexpr int pictures = 60, seeks = 200;
constexpr double framesPerSecond = 30.0;

double residentMegabytes() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    if (word != "VmRSS:") continue;
    double kilobytes = 0;
    status >> kilobytes;
    return kilobytes / 1024.0;
  }
  return 0;
}

std::vector<cv::Mat> simulated() {
  simulation::Simulator simulator("st36_in_plane");
  std::vector<cv::Mat> made;
  for (int i = 0; i < pictures; ++i) made.push_back(simulator.picture(100 + i).pixels.clone());
  return made;
}

void record(const fs::path& folder, std::int64_t frames) {
  const std::vector<cv::Mat> source = simulated();
  recording::SessionWriter writer(folder, {});
  const double start = monotonicSeconds();
  for (std::int64_t i = 0; i < frames; ++i) {
    auto frame = std::make_shared<Frame>();
    frame->pixels = source[static_cast<std::size_t>(i) % source.size()].clone();
    recording::samples::drawNumber(frame->pixels, i);
    frame->index = i;
    frame->time = static_cast<double>(i) / framesPerSecond;
    navigation::GuidanceSnapshot snapshot;
    snapshot.frame = frame;
    writer.write(snapshot);
    if (i % 12 == 11) writer.commit();
  }
  writer.finish();
  const double took = monotonicSeconds() - start;
  const double megabytes = static_cast<double>(fs::file_size(recording::videoOf(folder)) +
                                               fs::file_size(recording::databaseOf(folder))) /
                           1e6;
  const double minutes = static_cast<double>(frames) / framesPerSecond / 60.0;
  std::printf("recorded %lld frames in %.0f s (%.0f a second), %.0f MB a minute, memory %.0f MB\n",
              static_cast<long long>(frames), took, static_cast<double>(frames) / took, megabytes / minutes,
              residentMegabytes());
}

int seek(const fs::path& folder, std::int64_t frames) {
  recording::SessionSource source(folder, "s");
  std::mt19937 random(1);
  std::vector<double> times;
  for (int i = 0; i < seeks; ++i) {
    const auto wanted = static_cast<std::int64_t>(random() % static_cast<unsigned>(frames));
    const double start = monotonicSeconds();
    source.seek(wanted);
    const auto frame = source.read();
    times.push_back(1e3 * (monotonicSeconds() - start));
    if (!frame || recording::samples::numberIn(frame->pixels) != wanted) {
      std::printf("asked for frame %lld and got another\n", static_cast<long long>(wanted));
      return 1;
    }
  }
  std::sort(times.begin(), times.end());
  std::printf("%d random seeks: median %.1f ms, p95 %.1f ms, max %.1f ms, memory %.0f MB\n", seeks,
              times[times.size() / 2], times[times.size() * 95 / 100], times.back(), residentMegabytes());
  return 0;
}

int run(double minutes, const fs::path& scratch) {
  const auto frames = static_cast<std::int64_t>(minutes * 60.0 * framesPerSecond);
  const fs::path folder = scratch / "session_benchmark";
  fs::remove_all(folder);
  record(folder, frames);
  const int code = seek(folder, frames);
  fs::remove_all(folder);
  return code;
}

}  // namespace
}  // namespace acuguide

int main(int argc, char** argv) {
  const double minutes = argc > 1 ? std::atof(argv[1]) : 1.0;
  return acuguide::run(minutes > 0 ? minutes : 1.0,
                       argc > 2 ? argv[2] : std::filesystem::temp_directory_path().string());
}
