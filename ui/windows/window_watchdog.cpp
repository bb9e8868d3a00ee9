#include "ui/windows/window_watchdog.h"

#include "core/clock.h"

#include <QTimer>

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <iostream>
#include <mutex>
#include <utility>

namespace acuguide::ui {

namespace {

constexpr int kBeatMs = 100;
constexpr double kShownSeconds = 10.0;

}  // namespace

WindowWatchdog::WindowWatchdog(std::function<void(double)> late, double patienceSeconds, QObject* parent)
    : QObject(parent), late_(std::move(late)), patience_(patienceSeconds), lastBeat_(monotonicSeconds()) {
  auto* timer = new QTimer(this);
  connect(timer, &QTimer::timeout, this, &WindowWatchdog::beat);
  timer->start(kBeatMs);
  thread_ = std::jthread([this](const std::stop_token& stop) { watch(stop); });
}

WindowWatchdog::~WindowWatchdog() = default;

void WindowWatchdog::beat() {
  const double now = monotonicSeconds();
  const double away = now - lastBeat_.exchange(now);
  if (away <= patience_) return;
  away_ = away;
  backSince_ = now;
}

std::optional<navigation::Alarm> WindowWatchdog::alarm() const {
  if (away_ <= 0.0 || monotonicSeconds() - backSince_ > kShownSeconds) return std::nullopt;
  char seconds[32];
  std::snprintf(seconds, sizeof seconds, "%.1f", away_);
  return navigation::Alarm{navigation::AlarmKind::WindowLate, navigation::AlarmPriority::Medium, seconds};
}

void WindowWatchdog::watch(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  double toldOf = -1.0;  // the beat that was the last one
  std::unique_lock lock(mutex);
  while (!stop.stop_requested()) {
    wake.wait_for(lock, stop, std::chrono::milliseconds(kBeatMs), [] { return false; });
    const double beat = lastBeat_;
    const double away = monotonicSeconds() - beat;
    if (away <= patience_ || beat == toldOf || stop.stop_requested()) continue;
    toldOf = beat;
    std::cerr << "acuguide: the window does not answer; what it shows is old\n";
    try {
      if (late_) late_(away);
    } catch (...) {  // who is told must not end the watching
      continue;
    }
  }
}

}  // namespace acuguide::ui
