#pragma once

#include "recording/session_record.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace acuguide::recording {

/// Adds what a person notes while watching a recorded session: a "bookmark" or "note" at a frame, a row in
/// the table `event`. Throws Error: the session is read-only, damaged, or has no such frame.
EventRecord addSessionNote(const std::filesystem::path& folder, std::int64_t frame, const std::string& kind,
                           const std::string& text);

}  // namespace acuguide::recording
