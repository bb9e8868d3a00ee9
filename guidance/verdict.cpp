#include "guidance/verdict.h"

#include <algorithm>
#include <cmath>

namespace acuguide::guidance {
namespace {

using State = GuidanceState;
using Reason = GuidanceReason;

bool isClaim(State state) { return state == State::OnCourse || state == State::AtTarget; }

bool isPlaceStop(const Verdict& shown) {
  return shown.state == State::Stop &&
         (shown.reason == Reason::DangerClose || shown.reason == Reason::TooDeep ||
          shown.reason == Reason::PastTarget);
}

/// What a place of the tip is judged by, taken for the likeliest.
TipEnd likeliest(const Situation& s) {
  TipEnd tip;
  if (s.course) tip = {s.course->toTarget, s.course->toGo, s.tipBesideCorridor, {}, {}, {}};
  tip.tipDepthMm = s.tipDepthMm;
  tip.dangerClearanceMm = s.dangerClearanceMm;
  tip.possibleClearance = s.possibleClearance;
  return tip;
}

/// Why a blade with its tip there must not advance, if so. What a Stop is shown for already ends only beyond
/// a little more room.
Reason stopReason(const Situation& s, const TipEnd& tip, const Verdict& shown,
                  const GuidanceOptions& options) {
  const auto release = [&](Reason reason) {
    return shown.state == State::Stop && shown.reason == reason ? 1.0 : 0.0;
  };
  if (tip.dangerClearanceMm && *tip.dangerClearanceMm < release(Reason::DangerClose) * options.releaseMm)
    return Reason::DangerClose;
  if (tip.tipDepthMm && s.maximumDepthMm &&
      *tip.tipDepthMm > *s.maximumDepthMm - release(Reason::TooDeep) * options.releaseMm)
    return Reason::TooDeep;
  if (s.course && tip.toGo < -s.tolerance * (1.0 - 0.25 * release(Reason::PastTarget)) &&
      tip.toTarget > s.tolerance)
    return Reason::PastTarget;
  return Reason::None;
}

/// Inside the margin of a possible nerve or vessel; one that was inside leaves it only with a little room.
bool insidePossible(const TipEnd& tip, const Verdict& shown, const GuidanceOptions& options) {
  const double least = shown.reason == Reason::PossibleDanger ? options.releaseMm : 0.0;
  return tip.possibleClearance && *tip.possibleClearance < least;
}

/// Angle that is as good as none at this distance: the line still passes within `miss` of the target.
double angleFor(double miss, double distance) { return miss >= distance ? 3.15 : std::asin(miss / distance); }

Verdict judgeCourse(const Situation& s, const Verdict& shown, const GuidanceOptions& options) {
  const Course& c = *s.course;
  const double beside = std::max(std::abs(c.lateral), std::abs(s.tipBesideCorridor));
  const double turned = std::abs(c.angleError);
  const double onAngle = std::max(options.onAngle, angleFor(s.tolerance, c.toTarget));
  const double offAngle =
      std::max(options.offAngle, angleFor(options.leaveTargetShare * s.tolerance, c.toTarget));
  Reason off = Reason::None;
  if (beside > s.corridorHalfWidth) off = Reason::Lateral;
  if (turned >= offAngle) off = Reason::Angle;  // turning the blade mends both
  if (off != Reason::None) {
    const bool aiming = s.tipDepthMm && *s.tipDepthMm < options.aimingDepthMm;
    return {aiming ? State::Approach : State::OffCourse, off};
  }
  if (beside <= options.onCorridorShare * s.corridorHalfWidth && turned <= onAngle)
    return {State::OnCourse, {}};
  if (shown.state == State::OnCourse || shown.state == State::OffCourse) return shown;
  if (shown.state == State::AtTarget) return {State::OnCourse, {}};
  return {State::Approach, turned > onAngle ? Reason::Angle : Reason::Lateral};
}

}  // namespace

Verdict judge(const Situation& s, const Verdict& shown, const GuidanceOptions& options) {
  const TipEnd tip = likeliest(s), far = s.far.value_or(tip), near = s.near.value_or(tip);
  const bool stopped = isPlaceStop(shown);
  if (s.needle == tracking::NeedleState::None) {
    if (stopped) return shown;
    return {State::NoNeedle, s.seenBefore ? Reason::NeedleLost : Reason::None};
  }
  if (const Reason stop = stopReason(s, s.stop.value_or(tip), shown, options); stop != Reason::None)
    return {State::Stop, stop};
  // Evidence that the blade is out of it: seen, and clear wherever its tip may be.
  const bool seen = s.needle == tracking::NeedleState::Observed;
  const bool unknown = stopped && shown.reason == Reason::PastTarget && !s.course;
  if (stopped && (!seen || unknown || stopReason(s, far, shown, options) != Reason::None)) return shown;
  if (!seen) return {State::Approach, Reason::NeedlePredicted};
  if (s.obstacle != Reason::None || !s.course) return {State::Approach, s.obstacle};
  const double reached = s.tolerance * (shown.state == State::AtTarget ? options.leaveTargetShare : 1.0);
  const bool arrived = tip.toTarget <= reached &&
                       std::max(near.toTarget, far.toTarget) <= options.leaveTargetShare * s.tolerance;
  const Verdict verdict = arrived ? Verdict{State::AtTarget, Reason::None} : judgeCourse(s, shown, options);
  if (!isClaim(verdict.state)) return verdict;
  // These take the claim away, and no more: off course stays what it is.
  if (s.contradicted) return {State::Approach, Reason::NeedlesApart};
  if (s.behindBone) return {State::Approach, Reason::BehindBone};
  if (insidePossible(tip, shown, options) || insidePossible(far, shown, options))
    return {State::Approach, Reason::PossibleDanger};
  if (stopReason(s, far, {}, options) != Reason::None) return {State::Approach, Reason::TipUnsure};
  return verdict;
}

bool Settler::claimReady(const Verdict& raw) const {
  if (isClaim(shown_.state)) return true;
  if (raw.state == State::AtTarget && shown_.state == State::OffCourse) return true;
  return claimed_.value_or(0.0) >= holdSeconds_;
}

/// What may be said instead of a claim that is too young.
Verdict Settler::admissible(const Verdict& raw) const {
  if (!isClaim(raw.state) || claimReady(raw)) return raw;
  const bool waits = shown_.state == State::OffCourse || shown_.state == State::Stop;
  return waits ? shown_ : Verdict{State::Approach, Reason::None};
}

Verdict Settler::settle(const Verdict& raw, double seconds) {
  claimed_ = isClaim(raw.state) ? std::optional(claimed_ ? *claimed_ + seconds : 0.0) : std::nullopt;
  unsupported_ = raw.state == shown_.state ? 0.0 : unsupported_ + seconds;
  const Verdict next = admissible(raw);
  const bool atOnce = next.state >= shown_.state || isClaim(shown_.state) ||
                      (next.state == State::NoNeedle && shown_.state != State::Stop);
  if (atOnce || unsupported_ >= holdSeconds_) {
    if (next.state != shown_.state) unsupported_ = 0.0;
    shown_ = next;
  }
  return shown_;
}

}  // namespace acuguide::guidance
