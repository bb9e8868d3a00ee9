#include "guidance/procedure.h"

#include <algorithm>
#include <cmath>

namespace acuguide::guidance {
namespace {

using tracking::NeedleState;

bool isClaim(GuidanceState state) {
  return state == GuidanceState::OnCourse || state == GuidanceState::AtTarget;
}

StopCause causeOf(GuidanceReason reason) {
  switch (reason) {
    case GuidanceReason::TooDeep:
      return StopCause::TooDeep;
    case GuidanceReason::PastTarget:
      return StopCause::PastTarget;
    default:
      return StopCause::DangerClose;
  }
}

}  // namespace

std::string_view nameOf(Step step) {
  switch (step) {
    case Step::Checklist:
      return "checklist";
    case Step::ConfirmPoint:
      return "confirm_point";
    case Step::Align:
      return "align";
    case Step::Advance:
      return "advance";
    case Step::Approach:
      return "approach";
    case Step::AtPlane:
      return "at_plane";
    case Step::Stop:
      return "stop";
  }
  return "stop";
}

std::string_view nameOf(StopCause cause) {
  switch (cause) {
    case StopCause::None:
      return "";
    case StopCause::DangerClose:
      return "danger_close";
    case StopCause::TooDeep:
      return "too_deep";
    case StopCause::PastTarget:
      return "past_target";
    case StopCause::NeedleLost:
      return "needle_lost";
    case StopCause::PictureLost:
      return "picture_lost";
    case StopCause::StrokesDone:
      return "strokes_done";
  }
  return "";
}

Procedure::Procedure(int strokesPlanned, ProcedureOptions options)
    : strokesPlanned_(strokesPlanned), options_(options) {
  reset();
}

void Procedure::reset() {
  shown_ = {};
  shown_.strokesPlanned = strokesPlanned_;
  time_.reset();
  unseen_ = 0.0;
  strokes_ = 0;
  deepest_.reset();
}

ProcedureState Procedure::process(const Guidance& guidance, const tracking::NeedleTrack& needle,
                                  const Readiness& readiness) {
  const double now = std::isfinite(needle.time) ? needle.time : time_.value_or(0.0);
  unseen_ = needle.state == NeedleState::Observed ? 0.0 : unseen_ + (time_ ? std::abs(now - *time_) : 0.0);
  time_ = now;
  countStrokes(guidance, needle);
  shown_ = judge(guidance, needle, readiness);
  shown_.strokesPlanned = strokesPlanned_;
  shown_.asked = readiness.asked;
  if (guidance.alongToTarget && guidance.alongToTarget->mm) shown_.strokes = strokes_;
  if (strokes_ > 0) shown_.strokes = strokes_;
  return shown_;
}

/// The most urgent that fits: what must stop the hand first, then what has to be asked, then the way.
ProcedureState Procedure::judge(const Guidance& guidance, const tracking::NeedleTrack& needle,
                                const Readiness& readiness) const {
  if (guidance.state == GuidanceState::Stop) return {Step::Stop, causeOf(guidance.reason), {}, 0, false};
  const bool lostAlready = shown_.step == Step::Stop && shown_.cause == StopCause::NeedleLost;
  const bool seen = needle.state == NeedleState::Observed;
  if (!seen && lostAlready) return {Step::Stop, StopCause::NeedleLost, {}, 0, false};
  if (!seen && isAdvancing(shown_.step)) {
    if (unseen_ >= options_.needleLostSeconds) return {Step::Stop, StopCause::NeedleLost, {}, 0, false};
    return {shown_.step, StopCause::None, {}, 0, false};  // a blink; GuidanceRule claims nothing meanwhile
  }
  if (!readiness.checklistPassed) return {Step::Checklist, StopCause::None, {}, 0, false};
  if (!readiness.pointConfirmed) return {Step::ConfirmPoint, StopCause::None, {}, 0, false};
  if (strokes_ >= strokesPlanned_) return {Step::Stop, StopCause::StrokesDone, {}, 0, false};
  if (guidance.reason == GuidanceReason::TargetUnsure || guidance.reason == GuidanceReason::TargetTooDeep)
    return {Step::ConfirmPoint, StopCause::None, {}, 0, false};
  return {onTheWay(guidance), StopCause::None, {}, 0, false};
}

Step Procedure::onTheWay(const Guidance& guidance) const {
  if (!isClaim(guidance.state)) return Step::Align;
  if (guidance.state == GuidanceState::AtTarget) return Step::AtPlane;
  const auto& depth = guidance.tipDepth;
  if (depth && depth->mm && *depth->mm < options_.inTissueMm) return Step::Align;
  const auto& left = guidance.tipToTarget;
  return left && left->mm && *left->mm <= options_.approachMm ? Step::Approach : Step::Advance;
}

/// A stroke: the blade was at the plane and has been drawn back. Needs a blade that is seen, a target that is
/// sure, and millimetres.
void Procedure::countStrokes(const Guidance& guidance, const tracking::NeedleTrack& needle) {
  const auto& left = guidance.alongToTarget;
  const bool sure = guidance.target && guidance.target->sure;
  if (needle.state != NeedleState::Observed || !sure || !left || !left->mm) return;
  const double beyond = -*left->mm;
  if (guidance.state == GuidanceState::AtTarget) deepest_ = std::max(deepest_.value_or(beyond), beyond);
  if (!deepest_) return;
  deepest_ = std::max(*deepest_, beyond);
  // Drawn back only where the far end of where the tip may be has come back too.
  const auto& far = guidance.farAlongToTarget;
  const double farBeyond = far && far->mm ? -*far->mm : beyond;
  if (*deepest_ - std::max(beyond, farBeyond) < options_.strokeMm) return;
  deepest_.reset();
  ++strokes_;
}

void withholdClaims(const ProcedureState& procedure, Guidance& guidance) {
  if (guidance.state == GuidanceState::Stop) return;  // its way out is the one order
  if (procedure.step == Step::Stop) {
    const bool out = procedure.cause == StopCause::StrokesDone;
    guidance.hints = {{out ? Hint::Withdraw : Hint::Hold, 0.0, std::nullopt}};
    return;
  }
  const bool checklist = procedure.step == Step::Checklist;
  if (!checklist && procedure.step != Step::ConfirmPoint) return;
  std::erase_if(guidance.hints, [](const HintAmount& hint) { return hint.hint != Hint::Hold; });
  const bool ofCourse = guidance.reason == GuidanceReason::None ||
                        guidance.reason == GuidanceReason::Lateral ||
                        guidance.reason == GuidanceReason::Angle;
  if (!isClaim(guidance.state) && !ofCourse) return;  // what keeps a course from being judged stays said
  guidance.reason = checklist ? GuidanceReason::ChecklistOpen : GuidanceReason::PointNotConfirmed;
  if (isClaim(guidance.state)) guidance.state = GuidanceState::Approach;
}

}  // namespace acuguide::guidance
