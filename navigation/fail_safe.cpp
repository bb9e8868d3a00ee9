#include "navigation/fail_safe.h"

#include "core/limits.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

namespace acuguide::navigation {
namespace {

using acquisition::Connection;

PictureState stateOf(const GuidanceSnapshot& snapshot, const acquisition::StreamStatus& stream,
                     const Watch& watch) {
  if (!snapshot.frame) return PictureState::None;
  if (watch.frozen) return PictureState::Frozen;
  if (!stream.source.live) {
    if (watch.paused) return PictureState::Paused;
    if (stream.connection == Connection::Ended) return PictureState::Ended;
  }
  const bool settled = !stream.source.live || watch.now >= watch.staleUntil;
  return settled && isFresh(snapshot, stream, watch) ? PictureState::Live : PictureState::Stale;
}

/// A blade that goes on by an image that does not go on is stopped.
void stopAdvancing(GuidanceSnapshot& snapshot) {
  auto& procedure = snapshot.procedure;
  if (!procedure || !guidance::isAdvancing(procedure->step)) return;
  procedure->step = guidance::Step::Stop;
  procedure->cause = guidance::StopCause::PictureLost;
}

/// An image that is too old takes all that was found in it with it, and stops a blade that was going on. Its
/// imaging region stays: it belongs to the pixels.
void withdraw(GuidanceSnapshot& snapshot) {
  auto bare = std::make_shared<imaging::FrameAnalysis>();
  bare->region = snapshot.analysis->region;
  snapshot.analysis = std::move(bare);
  snapshot.needle = {};
  snapshot.trackedNeedle.reset();
  snapshot.needlesApartMm.reset();
  snapshot.guidance.reset();
  snapshot.withheld.reset();
  snapshot.point.reset();
  snapshot.bladeClock.reset();
  stopAdvancing(snapshot);
}

/// A scanner's image is never the same twice: one that is stands for some moment of the past, and how long
/// ago nobody can tell from its arrival.
bool isFrozenSource(const GuidanceSnapshot& snapshot) {
  return snapshot.stream.source.live && snapshot.picture == PictureState::Live &&
         snapshot.unchangedSeconds >= limits::kUnchangedSeconds;
}

void addStreamAlarms(const GuidanceSnapshot& snapshot, std::vector<Alarm>& alarms) {
  const auto& stream = snapshot.stream;
  if (stream.connection == Connection::Failed) {
    alarms.push_back({AlarmKind::SourceFailed, AlarmPriority::High, stream.message});
  } else if (stream.connection == Connection::Lost) {
    alarms.push_back({AlarmKind::SourceLost, AlarmPriority::High, stream.message});
  } else if (snapshot.picture == PictureState::Stale) {
    alarms.push_back({AlarmKind::PictureStale, AlarmPriority::High, {}});
  }
  if (isFrozenSource(snapshot)) alarms.push_back({AlarmKind::ImageUnchanged, AlarmPriority::High, {}});
  if (!snapshot.failure.empty())
    alarms.push_back({AlarmKind::AnalysisFailed, AlarmPriority::High, snapshot.failure});
  if (!stream.remark.empty()) alarms.push_back({AlarmKind::SourceRemark, AlarmPriority::Low, stream.remark});
}

bool stops(const GuidanceSnapshot& snapshot, guidance::StopCause cause) {
  return snapshot.procedure && snapshot.procedure->step == guidance::Step::Stop &&
         snapshot.procedure->cause == cause;
}

/// What the procedure adds to what a single frame says.
void addProcedureAlarms(const GuidanceSnapshot& snapshot, std::vector<Alarm>& alarms) {
  if (!snapshot.guidance) return;
  if (stops(snapshot, guidance::StopCause::NeedleLost))
    alarms.push_back({AlarmKind::NeedleLost, AlarmPriority::High, {}});
  if (stops(snapshot, guidance::StopCause::StrokesDone))
    alarms.push_back({AlarmKind::StrokesDone, AlarmPriority::Low, {}});
}

/// Which of the two is wrong nobody can tell from here: shown, never averaged away.
void addNeedleAlarm(const GuidanceSnapshot& snapshot, std::vector<Alarm>& alarms) {
  if (!snapshot.needlesApartMm || *snapshot.needlesApartMm <= tracking::worstDisagreementMm) return;
  std::array<char, 16> apart{};
  std::snprintf(apart.data(), apart.size(), "%.1f", *snapshot.needlesApartMm);
  alarms.push_back({AlarmKind::NeedlesApart, AlarmPriority::Medium, apart.data()});
}

/// No millimetres: where the plan needs them, and where some that were stated or given cannot be used.
void addScaleAlarm(const GuidanceSnapshot& snapshot, std::vector<Alarm>& alarms) {
  if (!snapshot.frame) return;
  const std::string& why = snapshot.frame->geometry.whyNoScale;
  const bool needed = snapshot.guidance && snapshot.guidance->reason == guidance::GuidanceReason::NoScale;
  if (needed || !why.empty()) alarms.push_back({AlarmKind::NotCalibrated, AlarmPriority::Medium, why});
}

void addGuidanceAlarms(const GuidanceSnapshot& snapshot, std::vector<Alarm>& alarms) {
  if (!snapshot.guidance) return;
  using guidance::GuidanceReason;
  const guidance::Guidance& guidance = *snapshot.guidance;
  switch (guidance.reason) {
    case GuidanceReason::DangerClose:
      alarms.push_back({AlarmKind::DangerClose, AlarmPriority::High,
                        guidance.nearestDanger ? guidance.nearestDanger->name : std::string()});
      break;
    case GuidanceReason::TooDeep:
      alarms.push_back({AlarmKind::TooDeep, AlarmPriority::High, {}});
      break;
    case GuidanceReason::PastTarget:
      alarms.push_back({AlarmKind::PastTarget, AlarmPriority::High, {}});
      break;
    case GuidanceReason::NeedleLost:
      // After the last stroke it goes out on purpose: not to be held still.
      if (!stops(snapshot, guidance::StopCause::NeedleLost) &&
          !stops(snapshot, guidance::StopCause::StrokesDone))
        alarms.push_back({AlarmKind::NeedleLost, AlarmPriority::Medium, {}});
      break;
    default:
      break;
  }
  const auto& possible = guidance.nearestPossible;
  if (shownState(snapshot) == guidance::GuidanceState::Stop) return;  // to hold would contradict the way out
  if (possible && (possible->insideMargin || guidance.reason == GuidanceReason::PossibleDanger))
    alarms.push_back(
        {AlarmKind::PossibleDanger, AlarmPriority::Medium, std::string(imaging::nameOf(possible->kind))});
}

/// Why what the network says means nothing of this picture, if so.
StructuresDoubt doubtOf(const GuidanceSnapshot& snapshot) {
  const StructuresNow& now = snapshot.structures;
  if (now.doubt == StructuresDoubt::SwitchedOff || now.doubt == StructuresDoubt::Failed) return now.doubt;
  if (snapshot.picture == PictureState::Stale) return StructuresDoubt::TooOld;
  if (!snapshot.frame || !now.answered) return StructuresDoubt::Waiting;
  const double age = std::abs(snapshot.frame->time - *now.answered);
  if (!(age <= ages::kStructureGone)) return StructuresDoubt::TooOld;
  if (!now.answerSure) return StructuresDoubt::Strange;
  return now.tissue.sure ? StructuresDoubt::None : StructuresDoubt::TissueUnknown;
}

/// Never silently absent: where the search is not On, it says so, and what is too old is not shown.
void judgeStructures(GuidanceSnapshot& snapshot) {
  StructuresNow& now = snapshot.structures;
  now.doubt = doubtOf(snapshot);
  const bool off = now.doubt == StructuresDoubt::SwitchedOff || now.doubt == StructuresDoubt::Failed;
  now.state = off                                  ? StructuresState::Off
              : now.doubt == StructuresDoubt::None ? StructuresState::On
                                                   : StructuresState::NotSure;
  if (off || now.doubt == StructuresDoubt::TooOld) now.zones.clear();
}

/// Nothing is guided by an image that is not the present.
void withhold(GuidanceSnapshot& snapshot) {
  if (snapshot.guidance) snapshot.withheld = std::move(snapshot.guidance);
  snapshot.guidance.reset();
}

}  // namespace

bool isFresh(const GuidanceSnapshot& snapshot, const acquisition::StreamStatus& stream, const Watch& watch) {
  return snapshot.frame && watch.now - snapshot.frame->arrival <= watch.staleAfterSeconds &&
         stream.connection == Connection::Running;
}

GuidanceSnapshot asOf(GuidanceSnapshot snapshot, acquisition::StreamStatus stream, const Watch& watch) {
  snapshot.picture = stateOf(snapshot, stream, watch);
  snapshot.stream = std::move(stream);
  judgeStructures(snapshot);
  if (snapshot.picture == PictureState::Stale) withdraw(snapshot);
  if (snapshot.picture == PictureState::Frozen || snapshot.picture == PictureState::Ended) withhold(snapshot);
  if (isFrozenSource(snapshot)) {
    snapshot.guidance.reset();
    stopAdvancing(snapshot);
  }
  snapshot.alarms.clear();
  addStreamAlarms(snapshot, snapshot.alarms);
  addScaleAlarm(snapshot, snapshot.alarms);
  addGuidanceAlarms(snapshot, snapshot.alarms);
  addProcedureAlarms(snapshot, snapshot.alarms);
  addNeedleAlarm(snapshot, snapshot.alarms);
  std::stable_sort(snapshot.alarms.begin(), snapshot.alarms.end(),
                   [](const Alarm& a, const Alarm& b) { return a.priority > b.priority; });
  return snapshot;
}

}  // namespace acuguide::navigation
