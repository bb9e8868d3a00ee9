#pragma once

#include "navigation/guidance_snapshot.h"

#include <QObject>

#include <atomic>
#include <functional>
#include <optional>
#include <thread>

namespace acuguide::ui {

/// Notices a window's thread that does not come back to its events, from a thread of its own: while it is
/// away nothing on the screen can be trusted, and nothing on the screen can say so. It is said on stderr and
/// to `late` at once, and by alarm() when the window is back.
class WindowWatchdog : public QObject {
  Q_OBJECT
 public:
  static constexpr double kPatienceSeconds = 2.0;

  /// `late`: called on the watchdog's thread with the seconds so far, once each time; must return quickly.
  explicit WindowWatchdog(std::function<void(double)> late, double patienceSeconds = kPatienceSeconds,
                          QObject* parent = nullptr);
  ~WindowWatchdog() override;

  /// For ten seconds after the window has come back.
  std::optional<navigation::Alarm> alarm() const;

 private:
  void beat();
  void watch(const std::stop_token& stop);

  std::function<void(double)> late_;
  double patience_;
  std::atomic<double> lastBeat_;
  double backSince_ = 0.0, away_ = 0.0;  ///< of the window's thread
  std::jthread thread_;                  ///< last: ends before what it watches
};

}  // namespace acuguide::ui
