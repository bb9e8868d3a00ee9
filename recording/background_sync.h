#pragma once

#include <filesystem>
#include <memory>

namespace acuguide::recording {

/// Brings what a session's writer has handed to the system onto the disk itself, twice a second, on a thread
/// of its own: how long a disk takes to say that it has the data (seconds, when others write much) is then
/// not what the writer waits for. The end of the program loses nothing that was handed over; the end of the
/// power what came since the last round. Pictures go first, so that hardly a row comes onto the disk without
/// its picture.
///
/// Also moves SQLite's log (write-ahead log, https://sqlite.org/wal.html) into the database when it has
/// grown; the writer's connection must not do that by itself (PRAGMA wal_autocheckpoint = 0).
class BackgroundSync {
 public:
  /// `video` and `database` must be there. Throws Error where they cannot be opened.
  BackgroundSync(const std::filesystem::path& video, const std::filesystem::path& database);
  /// Waits for a round that is under way.
  ~BackgroundSync();
  BackgroundSync(const BackgroundSync&) = delete;
  BackgroundSync& operator=(const BackgroundSync&) = delete;

  /// Throws what the disk has refused since (Error).
  void check() const;

 private:
  struct Worker;
  std::unique_ptr<Worker> worker_;
};

}  // namespace acuguide::recording
