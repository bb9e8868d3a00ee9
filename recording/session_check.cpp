#include "recording/session_check.h"

#include "acquisition/video/packet_digest.h"
#include "core/error.h"
#include "database/sql_connection.h"
#include "recording/ffv1_slices.h"
#include "recording/lossless_video_packets.h"
#include "recording/session_record.h"
#include "recording/session_schema.h"
#include "recording/session_writer.h"

#include <QtCore/QVariant>

#include <optional>
#include <system_error>

namespace acuguide::recording {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t mostProblems = 20;

struct Segment {
  std::int64_t firstFrame = 0, lastFrame = 0;
  std::string digest;
};

std::vector<Segment> readSegments(database::SqlConnection& connection) {
  std::vector<Segment> segments;
  if (readableSessionSchema(connection) < 2) return segments;
  QSqlQuery rows = connection.run("SELECT first_frame,last_frame,sha256 FROM segment ORDER BY first_frame");
  while (rows.next())
    segments.push_back(
        {rows.value(0).toLongLong(), rows.value(1).toLongLong(), rows.value(2).toString().toStdString()});
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

Found find(const fs::path& folder) {
  Found found;
  SessionCheck& check = found.check;
  const SessionRecord record = readSessionRecord(folder);
  std::vector<Segment> segments;
  {
    database::SqlConnection connection(databaseOf(folder), database::SqlConnection::Access::ReadOnly);
    checkDatabase(connection, check);
    segments = readSegments(connection);
    if (segments.empty()) check.notes.push_back("recorded without hashes; the pictures' own checksums stand");
  }
  check.complete = record.metaOr("complete", "no") == "yes";
  check.frames = static_cast<std::int64_t>(record.frames.size());
  if (!check.complete) check.notes.push_back("the recording was not ended properly");
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
  if (found.check.complete && found.check.sound()) return found.check;
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
