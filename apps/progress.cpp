#include "apps/progress.h"

#include "core/clock.h"

#include <algorithm>
#include <cstdio>
#include <unistd.h>
#include <utility>

namespace acuguide::apps {

Progress::Progress(std::string what, std::optional<std::int64_t> total)
    : what_(std::move(what)),
      total_(total),
      terminal_(isatty(STDERR_FILENO) != 0),
      started_(monotonicSeconds()),
      shownAt_(started_) {}

Progress::~Progress() {
  if (drawn_) std::fputs("\r\033[K", stderr);
}

void Progress::update(std::int64_t done) {
  const double now = monotonicSeconds();
  if (now - shownAt_ < (terminal_ ? 0.1 : 5.0)) return;
  shownAt_ = now;
  if (terminal_) {
    drawBar(done);
    drawn_ = true;
  } else {
    printLine(done);
  }
}

void Progress::drawBar(std::int64_t done) const {
  const double rate = static_cast<double>(done) / std::max(1e-3, shownAt_ - started_);
  if (!total_ || *total_ <= 0) {
    std::fprintf(stderr, "\r\033[K%s: %lld frames, %.0f per second", what_.c_str(),
                 static_cast<long long>(done), rate);
    return;
  }
  constexpr int width = 32;
  const double share = std::clamp(static_cast<double>(done) / static_cast<double>(*total_), 0.0, 1.0);
  const std::string bar(static_cast<std::size_t>(share * width), '#');
  std::fprintf(stderr, "\r\033[K%s [%-*s] %lld of %lld, %.0f per second", what_.c_str(), width, bar.c_str(),
               static_cast<long long>(done), static_cast<long long>(*total_), rate);
}

void Progress::printLine(std::int64_t done) const {
  if (total_) {
    std::fprintf(stderr, "%s: %lld of %lld frames\n", what_.c_str(), static_cast<long long>(done),
                 static_cast<long long>(*total_));
  } else {
    std::fprintf(stderr, "%s: %lld frames\n", what_.c_str(), static_cast<long long>(done));
  }
}

}  // namespace acuguide::apps
