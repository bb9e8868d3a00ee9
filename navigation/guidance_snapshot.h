#pragma once

#include "acquisition/feed.h"
#include "core/frame.h"
#include "imaging/frame_analysis.h"
#include "planning/guidance.h"
#include "tracking/needle_track.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace acuguide::navigation {

/// How far the picture on the screen can be trusted as the present.
enum class PictureState {
  None,    ///< no frame yet
  Live,    ///< the newest frame, young enough
  Stale,   ///< the newest frame is too old: nothing may be guided by it
  Frozen,  ///< held on purpose while the stream goes on: guidance is withheld
  Paused,  ///< a recording standing still on this frame: what is drawn belongs to it
  Ended    ///< a recording has come to its end: as Paused, on its last frame
};

enum class AlarmPriority { Low, Medium, High };

enum class AlarmKind {
  PictureStale,
  SourceLost,
  SourceFailed,
  NeedleLost,
  DangerClose,
  TooDeep,
  PastTarget,
  NotCalibrated,
  RecordingFailed
};

struct Alarm {
  AlarmKind kind = AlarmKind::PictureStale;
  AlarmPriority priority = AlarmPriority::Low;
  std::string detail;  ///< the varying part: a danger's name, a source's message; may be empty
};

/// What each stage took for this frame, seconds.
struct StageDurations {
  double decode = 0, imaging = 0, tracking = 0, guidance = 0;
  double total() const { return imaging + tracking + guidance; }
};

/// Everything known at one moment; the one value that views, recorder and network read. Immutable once
/// published.
struct GuidanceSnapshot {
  std::uint64_t sequence = 0;          ///< rises by one for each frame analysed
  std::shared_ptr<const Frame> frame;  ///< null before the first
  imaging::FrameAnalysis analysis;
  tracking::NeedleTrack needle;
  std::shared_ptr<const planning::Plan> plan;  ///< null without one
  std::optional<planning::Guidance> guidance;  ///< none without a plan
  PictureState picture = PictureState::None;
  acquisition::StreamStatus stream;
  StageDurations durations;
  std::vector<Alarm> alarms;  ///< highest priority first
};

}  // namespace acuguide::navigation
