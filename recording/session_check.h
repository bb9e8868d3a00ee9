#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace acuguide::recording {

/// What a session is worth.
struct SessionCheck {
  bool complete = false;              ///< the recording came to a proper end (or was repaired)
  std::int64_t frames = 0;            ///< rows
  std::int64_t pictures = 0;          ///< of those, whose picture is there and whole
  double seconds = 0.0;               ///< from the first to the last picture
  std::int64_t segments = 0;          ///< with a hash
  std::int64_t verified = 0;          ///< of those, whose pictures have that hash
  std::vector<std::string> notes;     ///< worth knowing: killed, older format
  std::vector<std::string> problems;  ///< what is damaged or missing, a sentence each; at most 20
  bool repaired = false;
  bool empty = false;  ///< it ended before its first picture: nothing is lost, and nothing is there

  /// Every picture that the rows speak of is there as it was recorded.
  bool sound() const { return problems.empty(); }
};

/// Reads all of it: the database's own check, every row's picture, every picture's checksums, and the hash of
/// every segment. Opening a killed session takes its log (session.sqlite-wal) in, as any reader does. Throws
/// Error when it is no session at all.
SessionCheck checkSession(const std::filesystem::path& folder);

/// Checks, and then makes a session that was not ended properly complete: the log is taken into the database,
/// rows after the last picture go, and the video gets its index; the pictures are copied, not compressed
/// anew, and the old file is replaced only once the new one is whole. What is damaged in the middle stays,
/// and is told. A sound and complete session is left untouched. Throws Error where it cannot be written.
SessionCheck repairSession(const std::filesystem::path& folder);

}  // namespace acuguide::recording
