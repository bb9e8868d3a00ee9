#pragma once

#include "navigation/guidance_snapshot.h"
#include "recording/session_event.h"
#include "recording/session_writer.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace acuguide::recording {

struct RecorderOptions {
  SessionWriterOptions writer;
  std::size_t queueFrames = 90;         ///< waiting to be written; what comes beyond is dropped and counted
  std::size_t queueBytes = 256u << 20;  ///< the same, for large pictures
  double commitSeconds = 0.25;          ///< what is older survives kill -9; power loss: BackgroundSync
  double dropAlarmSeconds = 2.0;        ///< how long a dropped frame is an alarm
  double diskAlarmSeconds = 120.0;      ///< a disk that will be full sooner is an alarm
};

/// Why frames are skipped: RecorderStatus::dropReason, and the detail of the alarm that says so.
inline constexpr const char* computerTooBusy = "computer too busy";
inline constexpr const char* diskTooSlow = "disk too slow";

struct RecorderStatus {
  bool failed = false;  ///< nothing is recorded any more; `message` says why
  std::string message;
  std::int64_t framesWritten = 0;
  std::int64_t framesCommitted = 0;       ///< of those, safe on the disk
  std::int64_t framesDropped = 0;         ///< never written: see `dropReason`, or recording had failed
  std::string dropReason;                 ///< of the last: computerTooBusy, diskTooSlow; empty: none
  double seconds = 0.0;                   ///< length of the recording
  std::optional<double> diskSecondsLeft;  ///< until the disk is full at this rate; none: not known yet
};

/// Records a session on its own thread (docs/file_formats.md). offer() and note() never wait for the disk and
/// never throw because of it: a slow disk or a busy computer drops frames; a full disk, or a folder that is
/// deleted, moved or unmounted, ends the recording. All of it is said by status() and alarm(), and alarms are
/// events of the session. The thread gives way to those that draw for a moment, never for longer.
/// Thread-safe.
class Recorder {
 public:
  /// Makes the session; throws Error when the folder is there already, cannot be written or has too little
  /// space.
  Recorder(const std::filesystem::path& folder, RecorderOptions options = {});
  /// Finishes, if finish() has not.
  ~Recorder();
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  void offer(std::shared_ptr<const navigation::GuidanceSnapshot> snapshot);
  /// A bookmark, a target set, a picture saved: one row in the table of events, at this moment.
  void note(SessionEvent event);

  /// Writes what is waiting, completes the session, and says how it went.
  RecorderStatus finish();

  RecorderStatus status() const;
  /// For the screen: recording has failed (high; the detail says why), or (medium) skips frames (the detail
  /// is computerTooBusy or diskTooSlow) or will soon find the disk full.
  std::optional<navigation::Alarm> alarm() const;

 private:
  struct Shared;
  std::unique_ptr<Shared> shared_;
};

}  // namespace acuguide::recording
