#pragma once

#include "database/sql_connection.h"
#include "navigation/guidance_snapshot.h"
#include "recording/outline_table.h"
#include "recording/session_event.h"
#include "recording/table_digest.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace acuguide::recording {

/// Writes a session's rows to session.sqlite: what was written survives the end of the program from the next
/// commit(), and of power from the next round of BackgroundSync. Belongs to the thread that made it; every
/// function throws Error when the database refuses.
class SessionDatabase {
 public:
  explicit SessionDatabase(const std::filesystem::path& path);

  void setMeta(const std::string& key, const std::string& value);

  /// The frame with its poses; `id` counts from 0 within the session, `videoMilliseconds` finds its picture.
  void addFrame(std::int64_t id, const navigation::GuidanceSnapshot& snapshot,
                std::int64_t videoMilliseconds);
  /// What was seen in it, and the guidance where there was any.
  void addAnalysis(std::int64_t id, const navigation::GuidanceSnapshot& snapshot);
  /// `frame`: the last frame written, -1 before the first. `at`: monotonicSeconds().
  void addEvent(std::int64_t frame, double at, const SessionEvent& event);
  /// The pictures of these frames have this SHA-256 (acquisition::PacketDigest). Their rows, and all events
  /// and plans until now, get theirs (TableDigest).
  void addSegment(std::int64_t firstFrame, std::int64_t lastFrame, const std::string& digest);
  void addCalibration(const std::string& file, const std::string& kind, const std::string& json);
  void addPlan(double at, const std::string& name, const std::string& json);

  void commit();
  /// As if nothing had been written since the last commit.
  void rollback();
  /// Commits and leaves one file without its log, readable from a read-only medium.
  void finish();

 private:
  void addPoses(std::int64_t id, const Frame& frame);
  void addPlanes(std::int64_t id, const imaging::FrameAnalysis& analysis);
  void addGuidance(std::int64_t id, const guidance::Guidance& guidance);

  database::SqlConnection connection_;
  QSqlQuery meta_, frame_, pose_, observation_, plane_, guidance_, event_, plan_, segment_, calibration_;
  OutlineWriter outlines_;
  std::optional<TableDigest> tables_;
  std::int64_t lastEvent_ = 0, lastPlan_ = 0;  ///< that a segment covers
};

}  // namespace acuguide::recording
