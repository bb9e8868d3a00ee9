#pragma once

#include "navigation/guidance_snapshot.h"
#include "session/recorder.h"

#include <filesystem>
#include <memory>
#include <mutex>

namespace acuguide::apps {

/// A recording that can be started and stopped while frames come. Thread-safe.
class SessionRecording {
 public:
  /// `folder`: where the session goes; empty: a new folder named by date and time under ~/acuguide/sessions.
  explicit SessionRecording(std::filesystem::path folder) : folder_(std::move(folder)) {}

  void start();  ///< throws Error when the folder cannot be made
  void stop();
  void offer(const std::shared_ptr<const navigation::GuidanceSnapshot>& snapshot);

  bool recording() const;
  session::RecorderStatus status() const;  ///< of the current or the last recording
  std::filesystem::path folder() const;    ///< of the current or the last recording

 private:
  mutable std::mutex mutex_;
  std::filesystem::path folder_;   // as asked for
  std::filesystem::path current_;  // as used
  std::unique_ptr<session::Recorder> recorder_;
  session::RecorderStatus last_;
};

}  // namespace acuguide::apps
