#pragma once

#include <functional>
#include <string>

namespace acuguide::ui {

/// How recording goes.
struct RecordingStatus {
  bool recording = false;
  double seconds = 0.0;  ///< length so far
  std::string message;   ///< where it is written, or why it stopped; may be empty
};

/// How the window starts and stops a recording, whoever makes it. Called on the UI thread; start and stop may
/// throw Error, whose sentence is shown. Empty functions: the program cannot record, and the window says so.
struct RecordingControl {
  std::function<void()> start;
  std::function<void()> stop;
  std::function<RecordingStatus()> status;
  bool available() const { return start && stop && status; }
};

}  // namespace acuguide::ui
