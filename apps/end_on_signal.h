#pragma once

#include "apps/interruption.h"

#include <QCoreApplication>
#include <QTimer>
#include <QWidget>

namespace acuguide::apps {

/// While it lives, Ctrl+C in the terminal and SIGTERM (the desktop session's end) close the window as Ctrl+Q
/// does, so that a recording is completed.
class EndOnSignal {
 public:
  explicit EndOnSignal(QWidget& window) {
    QObject::connect(&timer_, &QTimer::timeout, &window, [&window] {
      if (!Interruption::requested()) return;
      window.close();
      QCoreApplication::quit();  // also where a dialog is open, or the window asks
    });
    timer_.start(100);
  }

 private:
  Interruption interruption_;
  QTimer timer_;
};

}  // namespace acuguide::apps
