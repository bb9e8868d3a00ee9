#pragma once

#include "navigation/guidance_snapshot.h"

#include <functional>
#include <optional>
#include <string>

namespace acuguide::ui {

/// How recording goes.
struct RecordingStatus {
  bool recording = false;
  double seconds = 0.0;  ///< length so far
  std::string message;   ///< where it is written, or why it stopped; may be empty
  std::optional<navigation::Alarm> alarm = std::nullopt;  ///< frames dropped, the disk nearly full
};

/// How the window starts and stops a recording, whoever makes it. Called on the UI thread; start and stop may
/// throw Error, whose sentence is shown. Empty functions: the program cannot record, and the window says so.
struct RecordingControl {
  std::function<void()> start;
  std::function<void()> stop;
  std::function<RecordingStatus()> status;
  /// Something people did, for the table of events: "snapshot" and its file, "note" and its text. May be
  /// empty.
  std::function<void(const std::string& kind, const std::string& detail)> note;
  /// Every look at what may be shown: a picture that has gone stale brings no frame that would tell. May be
  /// empty.
  std::function<void(const navigation::GuidanceSnapshot&)> observe;
  bool available() const { return start && stop && status; }
};

}  // namespace acuguide::ui
