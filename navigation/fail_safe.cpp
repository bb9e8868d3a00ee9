#include "navigation/fail_safe.h"

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
  const bool young = watch.now - snapshot.frame->arrival <= watch.staleAfterSeconds;
  return young && stream.connection == Connection::Running ? PictureState::Live : PictureState::Stale;
}

/// A picture that is too old takes needle and guidance with it, and stops a blade that was going on.
void withdraw(GuidanceSnapshot& snapshot) {
  snapshot.needle = {};
  snapshot.trackedNeedle.reset();
  snapshot.needlesApartMm.reset();
  snapshot.guidance.reset();
  snapshot.point.reset();
  snapshot.bladeClock.reset();
  auto& procedure = snapshot.procedure;
  if (procedure && guidance::isAdvancing(procedure->step)) {
    procedure->step = guidance::Step::Stop;
    procedure->cause = guidance::StopCause::PictureLost;
  }
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
      if (!stops(snapshot, guidance::StopCause::NeedleLost))
        alarms.push_back({AlarmKind::NeedleLost, AlarmPriority::Medium, {}});
      break;
    case GuidanceReason::NoScale:
      alarms.push_back({AlarmKind::NotCalibrated, AlarmPriority::Medium, {}});
      break;
    default:
      break;
  }
  const auto& possible = guidance.nearestPossible;
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

}  // namespace

GuidanceSnapshot asOf(GuidanceSnapshot snapshot, acquisition::StreamStatus stream, const Watch& watch) {
  snapshot.picture = stateOf(snapshot, stream, watch);
  snapshot.stream = std::move(stream);
  judgeStructures(snapshot);
  if (snapshot.picture == PictureState::Stale) withdraw(snapshot);
  if (snapshot.picture == PictureState::Frozen) snapshot.guidance.reset();
  snapshot.alarms.clear();
  addStreamAlarms(snapshot, snapshot.alarms);
  addGuidanceAlarms(snapshot, snapshot.alarms);
  addProcedureAlarms(snapshot, snapshot.alarms);
  addNeedleAlarm(snapshot, snapshot.alarms);
  std::stable_sort(snapshot.alarms.begin(), snapshot.alarms.end(),
                   [](const Alarm& a, const Alarm& b) { return a.priority > b.priority; });
  return snapshot;
}

}  // namespace acuguide::navigation
