#pragma once

#include "acquisition/video/disk_clock.h"
#include "acquisition/video/lossless_video_writer.h"
#include "core/stream_clock.h"
#include "navigation/guidance_snapshot.h"
#include "recording/background_sync.h"
#include "recording/session_database.h"
#include "recording/session_event.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace acuguide::recording {

/// Where the parts of a session folder are.
inline std::filesystem::path databaseOf(const std::filesystem::path& session) {
  return session / "session.sqlite";
}
inline std::filesystem::path videoOf(const std::filesystem::path& session) { return session / "video.mkv"; }

/// A calibration in force while recording, kept with the session.
struct RecordedCalibration {
  std::string file;  ///< as the user gave it
  std::string kind;  ///< "spatial", "scale", "temporal"
  std::string json;  ///< its RESULT.json
};

struct SessionWriterOptions {
  std::string source;                             ///< as the user gave it, for the record
  std::map<std::string, std::string> options;     ///< in force, for the record
  std::vector<RecordedCalibration> calibrations;  ///< the same
  bool analysis = true;                           ///< false: pictures, times and poses only
  double framesPerSecond = 30.0;                  ///< nominal, for players; every frame has its own time
  int videoThreads = 2;
  std::uintmax_t minimumFreeBytes = 16u << 20;  ///< recording stops while this much of the disk is still free
};

/// Writes one session folder, frame after frame, in the calling thread. Every function throws Error (the
/// folder is there already, disk full, the picture's size changed); what was committed before stays readable.
class SessionWriter {
 public:
  /// The folder must not be there yet, or be empty.
  SessionWriter(std::filesystem::path folder, SessionWriterOptions options);

  /// A frame with what was seen in it. The same frame again (another plan on a frozen picture) adds events
  /// only.
  void write(const navigation::GuidanceSnapshot& snapshot);
  /// Something that happened at `at` (monotonicSeconds()): a bookmark, a snapshot taken, frames dropped.
  void write(const SessionEvent& event, double at);

  /// Throws Error when the folder has been deleted, moved or unmounted.
  /// From here on what was written survives the end of the program, and soon (BackgroundSync) that of power.
  /// Pictures first, so that no row is without its picture.
  void commit();
  void finish();
  /// Saves what can still be saved after one of the others has thrown. Does not throw.
  void abandon(const std::string& reason) noexcept;

  /// Seconds until the disk is full at the rate so far; none before there is one.
  std::optional<double> secondsLeft() const;

  /// Runs while the disk keeps the writing thread waiting; to be read from any thread.
  std::shared_ptr<const acquisition::DiskClock> diskClock() const { return diskClock_; }

  std::int64_t framesWritten() const { return frames_; }
  std::int64_t framesCommitted() const { return committed_; }
  double seconds() const { return static_cast<double>(lastVideoTime_) * 1e-3; }

 private:
  /// What the file system knows a file by, whatever its name.
  struct Identity {
    std::uint64_t device = 0, number = 0;
    bool operator==(const Identity&) const = default;
  };
  static Identity identityOf(const std::filesystem::path& path);

  void requireSpace() const;
  void requirePlace();
  void endSegment();
  void openVideo(const cv::Mat& picture);
  std::int64_t videoTime(double seconds);
  void noteDiscontinuity(const Frame& frame);
  void recordPlan(const navigation::GuidanceSnapshot& snapshot);
  void savePlan(double at);

  std::filesystem::path folder_;
  SessionWriterOptions options_;
  std::unique_ptr<SessionDatabase> database_;
  std::unique_ptr<acquisition::LosslessVideoWriter> video_;
  std::unique_ptr<BackgroundSync> sync_;  ///< from the first picture on
  EventWatch watch_;
  std::shared_ptr<const Frame> lastFrame_;
  std::optional<FrameMoment> lastMoment_;
  std::shared_ptr<const planning::Plan> plan_;
  std::shared_ptr<acquisition::DiskClock> diskClock_ = std::make_shared<acquisition::DiskClock>();
  std::map<std::filesystem::path, Identity> places_;  ///< of the folder and its files, as they were made
  bool placeLost_ = false;
  std::uintmax_t freeAtStart_ = 0;
  double videoOrigin_ = 0.0;  ///< the source's time at which the video's is 0
  std::int64_t lastVideoTime_ = 0;
  std::int64_t frames_ = 0;
  std::int64_t committed_ = 0;
};

}  // namespace acuguide::recording
