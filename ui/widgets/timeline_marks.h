#pragma once

#include <QString>

#include <cstdint>
#include <utility>
#include <vector>

namespace acuguide::ui {

/// Something that happened at a frame, as the timeline shows it.
struct TimelineMark {
  enum class Kind { Bookmark, Note, Alarm, Event };
  std::int64_t frame = 0;
  Kind kind = Kind::Event;
  QString text;  ///< when the pointer is on it
};

/// What the timeline shows beside the tracks.
struct TimelineMarks {
  std::vector<TimelineMark> marks;
  std::vector<std::pair<std::int64_t, std::int64_t>> insertions;  ///< first and last frame
};

}  // namespace acuguide::ui
