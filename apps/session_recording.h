#pragma once

#include "navigation/guidance_snapshot.h"
#include "recording/recorder.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace acuguide::apps {

/// A recording that can be started and stopped while frames come. Thread-safe.
class SessionRecording {
 public:
  /// `folder`: where the session goes; empty: a new folder named by date and time under ~/acuguide/sessions.
  /// `record`: what is in force, for the record; `source` in it is asked for when a recording begins.
  SessionRecording(std::filesystem::path folder, recording::SessionWriterOptions record,
                   std::function<std::string()> source)
      : folder_(std::move(folder)), record_(std::move(record)), source_(std::move(source)) {}

  /// The next recordings go into this folder (a further one beside it); empty: as the constructor says.
  void into(const std::filesystem::path& folder);
  void start();  ///< throws Error when the folder cannot be made
  void stop();
  /// Images of another source or of another size than the recording began with are not mixed into it: it
  /// ends there, and observe() begins a new part, in a folder of its own.
  void offer(const std::shared_ptr<const navigation::GuidanceSnapshot>& snapshot);

  /// What no analysed frame tells: that the picture has gone stale, or its source away; and that it is back.
  void observe(const navigation::GuidanceSnapshot& snapshot);
  void note(recording::SessionEvent event);  ///< nothing while there is no recording
  std::optional<navigation::Alarm> alarm() const;

  bool recording() const;
  recording::RecorderStatus status() const;  ///< of the current or the last recording
  std::filesystem::path folder() const;      ///< of the current or the last recording

 private:
  mutable std::mutex mutex_;
  std::filesystem::path folder_;  // as asked for
  std::filesystem::path into_;
  recording::SessionWriterOptions record_;
  std::function<std::string()> source_;
  std::filesystem::path current_;  // as used
  std::unique_ptr<recording::Recorder> recorder_;
  recording::RecorderStatus last_;
  struct Subject {
    std::string source;
    cv::Size size;
    int channels = 0;
    double pixelAspect = 1.0;
    bool operator==(const Subject&) const = default;
  };
  void nextPart();

  recording::SourceWatch watch_;
  std::optional<Subject> subject_;  // of the recording, from its first image
  std::string partBecause_;         // why a new part is to begin; empty: it is not
};

}  // namespace acuguide::apps
