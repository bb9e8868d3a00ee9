#pragma once

#include "acquisition/stream/feed.h"
#include "core/frame.h"
#include "guidance/guidance.h"
#include "guidance/point_in_picture.h"
#include "guidance/procedure.h"
#include "imaging/frame_analysis.h"
#include "tracking/needle_track.h"
#include "tracking/possible_zones.h"
#include "tracking/tracked_needle.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
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
  RecordingFailed,
  StrokesDone,     ///< as many as planned
  NeedlesApart,    ///< the tracked needle lies elsewhere than the seen one
  PossibleDanger,  ///< the blade is within the margin of what may be a nerve or vessel
  ImageUnchanged,  ///< a live source sends the same image again and again: scanner frozen, signal lost
  AnalysisFailed,  ///< a frame could not be analysed, or what listens to the analysis failed
  ServingFailed,   ///< the OpenIGTLink server could not serve its clients; guidance is not touched by it
  WindowLate,      ///< the window did not answer for some seconds
  SourceRemark     ///< how the source has to be read (StreamStatus::remark)
};

struct Alarm {
  AlarmKind kind = AlarmKind::PictureStale;
  AlarmPriority priority = AlarmPriority::Low;
  std::string detail;  ///< the varying part: a danger's name, a source's message; may be empty
};

/// What the search for nerves and vessels is worth at this moment.
enum class StructuresState {
  Off,      ///< nobody looks: switched off, or it cannot run
  NotSure,  ///< it looks, and what it says means nothing now: none shown is not none there
  On
};

/// Why it is not On.
enum class StructuresDoubt {
  None,
  SwitchedOff,
  Failed,        ///< the network cannot run
  Waiting,       ///< no answer yet
  Strange,       ///< the picture is unlike those the network learnt from
  TooOld,        ///< no answer young enough: it is slow, or the picture is old
  TissueUnknown  ///< what was found cannot be carried to this picture
};

/// Nerves and vessels that may be in the picture (StructureWatch), where their tissue is now.
struct StructuresNow {
  StructuresState state = StructuresState::Off;
  StructuresDoubt doubt = StructuresDoubt::SwitchedOff;
  /// By falling confidence; those that the plan's own danger zones cover are left out.
  std::vector<tracking::PossibleZone> zones;
  std::size_t dismissed = 0;    ///< zones hidden because someone said they are none
  tracking::TissuePose tissue;  ///< of this picture
  /// Where a pixel of the picture that the plan's positions were read from is now (Guidance::planMotion; kept
  /// here when guidance is withheld from a frozen picture).
  Eigen::Affine2d planMotion = Eigen::Affine2d::Identity();
  std::optional<double> answered;  ///< time of the picture that the newest answer is of
  bool answerSure = false;         ///< that picture could be judged
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
  std::shared_ptr<const imaging::FrameAnalysis> analysis = imaging::noAnalysis();  ///< never null
  tracking::NeedleTrack needle;  ///< as seen in the picture; guidance goes by this one alone
  std::optional<tracking::TrackedNeedle> trackedNeedle;  ///< as its tracker has it; none without one
  std::optional<double> needlesApartMm;                  ///< between the tips of the two
  std::shared_ptr<const planning::Plan> plan;            ///< null without one
  std::optional<guidance::Guidance> guidance;            ///< none without a plan
  /// Guidance of a frozen image or of the end of a recording: drawn in that image, told to no one. Only where
  /// `guidance` is none; both are none of a stale image.
  std::optional<guidance::Guidance> withheld;
  std::optional<guidance::ProcedureState> procedure;  ///< none without a plan
  /// The plan's point in space as a tracked probe sees it, or why not; none where the plan has none.
  std::optional<std::variant<guidance::PointInPicture, guidance::NotPlaced>> point;
  StructuresNow structures;
  std::optional<double> bladeClock;  ///< actual rotation of a tracked blade (planning/blade_direction.h)
  PictureState picture = PictureState::None;
  acquisition::StreamStatus stream;
  StageDurations durations;
  double unchangedSeconds = 0.0;  ///< for how long the ultrasound image has been the same, pixel for pixel
  std::string failure;            ///< why the frame could not be analysed; empty when it was
  std::vector<Alarm> alarms;      ///< highest priority first

  /// The analysis to be written into: from now on a copy that is this snapshot's alone.
  imaging::FrameAnalysis& ownAnalysis() {
    const auto own = std::make_shared<imaging::FrameAnalysis>(*analysis);
    analysis = own;
    return *own;
  }
};

/// What target, corridor and danger zones are drawn by: the guidance, or that which is withheld. Null
/// without.
inline const guidance::Guidance* drawnGuidance(const GuidanceSnapshot& snapshot) {
  if (snapshot.guidance) return &*snapshot.guidance;
  return snapshot.withheld ? &*snapshot.withheld : nullptr;
}

/// The state to show: the guidance's, or Stop where the procedure says so (a needle lost while advancing,
/// strokes done). None without guidance.
inline std::optional<guidance::GuidanceState> shownState(const GuidanceSnapshot& snapshot) {
  if (!snapshot.guidance) return std::nullopt;
  const bool stop = snapshot.procedure && snapshot.procedure->step == guidance::Step::Stop;
  return stop ? guidance::GuidanceState::Stop : snapshot.guidance->state;
}

}  // namespace acuguide::navigation
