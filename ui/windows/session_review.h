#pragma once

#include "assessment/expert_band.h"
#include "assessment/metrics.h"
#include "recording/session_record.h"
#include "ui/widgets/insertion_list.h"
#include "ui/widgets/timeline_marks.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace acuguide::ui {

/// What the trainer's window shows of a recorded session beside its pictures.
struct SessionReview {
  recording::SessionRecord record;
  assessment::SessionMetrics metrics;
  std::optional<assessment::ExpertBands> experts;
  std::vector<InsertionEntry> entries;
  std::vector<TimelineMark> marks;

  /// Seconds from the first frame.
  double secondsOf(std::int64_t frame) const;
  /// The frame shown at that moment: the last that had come by then.
  std::int64_t frameAt(double seconds) const;
  /// The first frame of the first insertion; none without one.
  std::optional<std::int64_t> skinContact() const;
};

/// None where `source` is no recorded session. Takes its time (it reads all rows and a picture for every
/// insertion): not for the UI thread. Throws Error.
std::optional<SessionReview> reviewSession(const std::string& source,
                                           const std::vector<std::filesystem::path>& experts);

/// Bookmarks, notes, alarms and what else happened, for the timeline.
std::vector<TimelineMark> marksOf(const recording::SessionRecord& record);

}  // namespace acuguide::ui
