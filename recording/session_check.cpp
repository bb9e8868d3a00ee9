#include "recording/session_check.h"

#include "acquisition/video/packet_digest.h"
#include "core/error.h"
#include "database/sql_connection.h"
#include "recording/ffv1_slices.h"
#include "recording/lossless_video_packets.h"
#include "recording/session_record.h"
#include "recording/session_schema.h"
#include "recording/session_writer.h"
#include "recording/table_digest.h"

#include <QtCore/QVariant>

#include <algorithm>
#include <fstream>
#include <optional>
#include <sstream>
#include <system_error>

namespace acuguide::recording {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t mostProblems = 20;

struct Segment {
  std::int64_t firstFrame = 0, lastFrame = 0;
  std::string digest;
  std::string tables;  ///< of its rows; empty before version 4
  std::int64_t lastEvent = 0, lastPlan = 0;
};

std::vector<Segment> readSegments(database::SqlConnection& connection) {
  std::vector<Segment> segments;
  const int version = readableSessionSchema(connection);
  if (version < 2) return segments;
  const std::string more = version < 4 ? ",NULL,NULL,NULL" : ",tables_sha256,last_event,last_plan";
  QSqlQuery rows =
      connection.run("SELECT first_frame,last_frame,sha256" + more + " FROM segment ORDER BY first_frame");
  while (rows.next())
    segments.push_back({rows.value(0).toLongLong(), rows.value(1).toLongLong(),
                        rows.value(2).toString().toStdString(), rows.value(3).toString().toStdString(),
                        rows.value(4).toLongLong(), rows.value(5).toLongLong()});
  return segments;
}

void say(SessionCheck& check, const std::string& problem) {
  if (check.problems.size() < mostProblems) check.problems.push_back(problem);
}

void checkDatabase(database::SqlConnection& connection, SessionCheck& check) {
  QSqlQuery rows = connection.run("PRAGMA integrity_check");
  while (rows.next()) {
    const std::string found = rows.value(0).toString().toStdString();
    if (found != "ok") say(check, "session.sqlite is damaged: " + found);
  }
}

/// Holds the rows against the segments. What was added after the last one (notes made while watching) has
/// none.
void checkTables(database::SqlConnection& connection, const std::vector<Segment>& segments,
                 SessionCheck& check) {
  const bool hashed =
      std::any_of(segments.begin(), segments.end(), [](const Segment& one) { return !one.tables.empty(); });
  if (!hashed) {
    check.notes.push_back("recorded without hashes over the tables");
    return;
  }
  TableDigest digest(connection);
  std::int64_t lastEvent = 0, lastPlan = 0;
  for (const Segment& segment : segments) {
    const TableRange range{segment.firstFrame, segment.lastFrame, lastEvent,
                           segment.lastEvent,  lastPlan,          segment.lastPlan};
    if (digest.of(range) != segment.tables)
      say(check, "the tables of frames " + std::to_string(segment.firstFrame) + " to " +
                     std::to_string(segment.lastFrame) +
                     " (what was seen, guidance, plan, events) are not as they were recorded");
    lastEvent = segment.lastEvent;
    lastPlan = segment.lastPlan;
  }
}

/// Holds the video's pictures against the rows and the segments, in one pass.
class VideoCheck {
 public:
  VideoCheck(const SessionRecord& record, std::vector<Segment> segments, SessionCheck& check)
      : record_(record), segments_(std::move(segments)), check_(check) {}

  void run(const fs::path& video) {
    check_.segments = static_cast<std::int64_t>(segments_.size());
    try {
      readVideoPackets(video, [this](const VideoPacket& packet) { take(packet); });
    } catch (const Error& error) {
      say(check_, error.what());
    }
    endSegments(static_cast<std::int64_t>(record_.frames.size()));
    const auto missing = static_cast<std::int64_t>(record_.frames.size()) - frame_;
    if (missing > 0) say(check_, "the last " + std::to_string(missing) + " frames have no picture");
    if (beyond_ > 0)
      check_.notes.push_back(std::to_string(beyond_) + " pictures after the last row were not committed");
  }

  /// Time of the last picture that a row has; none before the first.
  const std::optional<std::int64_t>& lastPicture() const { return lastPicture_; }
  std::int64_t framesReached() const { return frame_; }

 private:
  void take(const VideoPacket& packet) {
    const auto count = static_cast<std::int64_t>(record_.frames.size());
    while (frame_ < count && timeOf(frame_) < packet.milliseconds) {
      say(check_, "frame " + std::to_string(frame_) + " has no picture");
      ++frame_;
    }
    if (frame_ == count) {
      ++beyond_;
      return;
    }
    if (timeOf(frame_) != packet.milliseconds) return;
    endSegments(frame_);
    const bool whole = sliceChecksumsHold(packet.data);
    if (!whole) say(check_, "the picture of frame " + std::to_string(frame_) + " is damaged");
    check_.pictures += whole ? 1 : 0;
    digest_.add(packet.data);
    lastPicture_ = packet.milliseconds;
    ++frame_;
  }

  std::int64_t timeOf(std::int64_t frame) const {
    return record_.frames[static_cast<std::size_t>(frame)].videoMs;
  }

  /// Compares the segments that end before `frame`.
  void endSegments(std::int64_t frame) {
    while (segment_ < segments_.size() && segments_[segment_].lastFrame < frame) {
      const Segment& segment = segments_[segment_++];
      if (digest_.take() == segment.digest) {
        ++check_.verified;
      } else {
        say(check_, "frames " + std::to_string(segment.firstFrame) + " to " +
                        std::to_string(segment.lastFrame) + " are not as they were recorded");
      }
    }
  }

  const SessionRecord& record_;
  const std::vector<Segment> segments_;
  SessionCheck& check_;
  acquisition::PacketDigest digest_;
  std::size_t segment_ = 0;
  std::int64_t frame_ = 0;
  std::int64_t beyond_ = 0;
  std::optional<std::int64_t> lastPicture_;
};

struct Found {
  SessionCheck check;
  std::optional<std::int64_t> lastPicture;
  std::int64_t framesReached = 0;
};

/// plan.json is the last plan of the table `plan`, for people to read.
void checkPlanFile(const fs::path& folder, SessionCheck& check) {
  std::ifstream file(folder / "plan.json", std::ios::binary);
  if (!file) return;
  std::ostringstream text;
  text << file.rdbuf();
  database::SqlConnection connection(databaseOf(folder), database::SqlConnection::Access::ReadOnly);
  QSqlQuery rows = connection.run("SELECT json FROM plan ORDER BY id DESC LIMIT 1");
  if (rows.next() && text.str() == rows.value(0).toString().toStdString()) return;
  const std::string found = "plan.json is not the plan as it was recorded";
  // A recording that was killed may have written it and not yet the row.
  check.complete ? say(check, found) : check.notes.push_back(found);
}

bool hasPictures(const fs::path& video) {
  bool any = false;
  try {
    readVideoPackets(video, [&any](const VideoPacket&) { any = true; });
  } catch (const Error&) {
  }
  return any;
}

Found find(const fs::path& folder) {
  Found found;
  SessionCheck& check = found.check;
  const SessionRecord record = readSessionRecord(folder);
  std::vector<Segment> segments;
  {
    database::SqlConnection connection(databaseOf(folder), database::SqlConnection::Access::ReadOnly);
    checkDatabase(connection, check);
    segments = readSegments(connection);
    checkTables(connection, segments, check);
    if (segments.empty()) check.notes.push_back("recorded without hashes; the pictures' own checksums stand");
  }
  check.complete = record.metaOr("complete", "no") == "yes";
  check.frames = static_cast<std::int64_t>(record.frames.size());
  if (!check.complete) check.notes.push_back("the recording was not ended properly");
  checkPlanFile(folder, check);
  if (record.frames.empty() && !hasPictures(videoOf(folder))) {
    check.empty = true;
    check.notes.push_back("it ended before its first picture");
    return found;
  }
  VideoCheck video(record, std::move(segments), check);
  video.run(videoOf(folder));
  found.lastPicture = video.lastPicture();
  found.framesReached = video.framesReached();
  if (found.lastPicture)
    check.seconds = static_cast<double>(*found.lastPicture - record.frames.front().videoMs) * 1e-3;
  return found;
}

/// Rows of the frames from `first` on go, with all that hangs on them.
void dropFrames(database::SqlConnection& connection, std::int64_t first) {
  const std::string from = std::to_string(first);
  connection.run("BEGIN IMMEDIATE");
  for (const char* table : {"pose", "observation", "plane", "guidance", "outline"})
    connection.run("DELETE FROM " + std::string(table) + " WHERE frame >= " + from);
  connection.run("DELETE FROM frame WHERE id >= " + from);
  connection.run("UPDATE event SET frame = " + std::to_string(first - 1) + " WHERE frame >= " + from);
  // A segment that loses frames has no pictures left that its hash could be held against.
  connection.run("DELETE FROM segment WHERE last_frame >= " + from);
  connection.run("COMMIT");
}

void completeDatabase(const fs::path& folder, const Found& found) {
  database::SqlConnection connection(databaseOf(folder), database::SqlConnection::Access::ReadWrite);
  prepareSessionSchema(connection);
  if (found.framesReached < found.check.frames) dropFrames(connection, found.framesReached);
  connection.run("INSERT OR REPLACE INTO meta (key,value) VALUES ('complete','yes')");
  connection.run("INSERT OR REPLACE INTO meta (key,value) VALUES ('repaired','yes')");
  connection.run("PRAGMA journal_mode = DELETE");
}

void replaceVideo(const fs::path& folder, std::int64_t lastPicture) {
  const fs::path completed = folder / "video.repaired.mkv";
  completeVideo(videoOf(folder), completed, lastPicture);
  std::error_code problem;
  fs::rename(completed, videoOf(folder), problem);
  if (problem)
    throw Error(videoOf(folder).string(), "cannot be replaced (" + problem.message() + ")",
                "check that you may write there");
}

}  // namespace

SessionCheck checkSession(const fs::path& folder) { return find(folder).check; }

SessionCheck repairSession(const fs::path& folder) {
  const Found found = find(folder);
  if ((found.check.complete || found.check.empty) && found.check.sound()) return found.check;
  if (!found.lastPicture)
    throw Error(videoOf(folder).string(), "holds none of the session's pictures",
                "restore the file from a copy");
  replaceVideo(folder, *found.lastPicture);
  completeDatabase(folder, found);
  SessionCheck check = checkSession(folder);
  check.repaired = true;
  return check;
}

}  // namespace acuguide::recording
