#include "core/units.h"
#include "guidance/course.h"
#include "guidance/guidance.h"
#include "guidance/hints.h"
#include "guidance/target_locator.h"
#include "guidance/verdict.h"
#include "imaging/structures/outline_share.h"
#include "planning/danger_zones.h"
#include "planning/picture_frame.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace acuguide::guidance {
namespace {

using Eigen::Vector2d;
using tracking::NeedleState;

/// The blade in the picture frame; none when no needle is known or it has no direction.
std::optional<Blade> bladeOf(const tracking::NeedleTrack& needle, const planning::PictureFrame& frame) {
  if (needle.state == NeedleState::None || !needle.tipPx.allFinite() || !needle.tailPx.allFinite())
    return std::nullopt;
  if (needle.lengthPx() < 1.0) return std::nullopt;
  const Vector2d tip = frame.fromPx(needle.tipPx);
  return Blade{tip, (tip - frame.fromPx(needle.tailPx)).normalized()};
}

/// The same blade with its tip `ahead` farther along its line, of the frame's unit.
Blade advanced(Blade blade, double ahead) {
  blade.tip += ahead * blade.direction;
  return blade;
}

/// The blade as a body: from the tip back along its line to the skin, at most its whole length. What of it is
/// not seen is there all the same.
planning::Shaft shaftOf(const Blade& blade, const planning::Instrument& instrument) {
  double length = instrument.lengthMm;
  if (blade.direction.y() > 0 && blade.tip.y() > 0)
    length = std::min(length, blade.tip.y() / blade.direction.y());
  return {blade.tip, blade.tip - length * blade.direction,
          std::max(instrument.diameterMm, instrument.bladeWidthMm) / 2};
}

/// A possible nerve or vessel that no zone of the plan speaks for, in the picture frame.
struct Possible {
  const tracking::PossibleZone* zone = nullptr;
  planning::Outline outline;
};

std::vector<Possible> uncovered(const planning::PictureFrame& frame,
                                std::span<const tracking::PossibleZone> zones, const Guidance& guidance) {
  std::vector<Possible> left;
  for (const tracking::PossibleZone& zone : zones) {
    if (coveredByPlan(zone, guidance)) continue;
    left.push_back({&zone, {}});
    for (const Vector2d& px : zone.outlinePx) left.back().outline.push_back(frame.fromPx(px));
  }
  return left;
}

/// The part of the plan that only a scale gives a meaning.
bool needsScale(const planning::Plan& plan) {
  return !std::holds_alternative<planning::TargetAtPixel>(plan.target) || !plan.dangers.empty() ||
         plan.maximumDepthMm;
}

/// How far a blade inside a margin has to be drawn back along its own line to leave all margins, mm; none
/// when that does not help.
std::optional<double> clearingWithdrawal(const std::vector<planning::Outline>& outlines,
                                         const planning::Plan& plan, const planning::Shaft& shaft) {
  constexpr double stepMm = 0.5;
  const Vector2d way = shaft.end - shaft.tip;
  for (double drawn = stepMm; drawn < way.norm(); drawn += stepMm) {
    const planning::Shaft rest{shaft.tip + drawn * way.normalized(), shaft.end, shaft.halfWidth};
    bool clear = true;
    for (std::size_t i = 0; i < outlines.size() && clear; ++i)
      clear = planning::distanceTo(outlines[i], rest) >= plan.dangers[i].marginMm;
    if (clear) return drawn;
  }
  return std::nullopt;
}

}  // namespace

std::string_view nameOf(GuidanceState state) {
  switch (state) {
    case GuidanceState::NoNeedle:
      return "no_needle";
    case GuidanceState::Approach:
      return "approach";
    case GuidanceState::OnCourse:
      return "on_course";
    case GuidanceState::OffCourse:
      return "off_course";
    case GuidanceState::AtTarget:
      return "at_target";
    case GuidanceState::Stop:
      return "stop";
  }
  return "no_needle";
}

bool coveredByPlan(const tracking::PossibleZone& zone, const Guidance& guidance) {
  constexpr double most = 0.6;
  const auto& outlines = guidance.dangerOutlinesPx;
  return std::any_of(outlines.begin(), outlines.end(), [&](const auto& outline) {
    return imaging::shareInside(zone.outlinePx, outline) >= most;
  });
}

struct GuidanceRule::Memory {
  Memory(std::shared_ptr<const planning::Plan> given, GuidanceOptions chosen)
      : options(chosen), settler(chosen.holdSeconds) {
    take(std::move(given));
  }

  void take(std::shared_ptr<const planning::Plan> given) {
    plan = std::move(given);
    outlines.clear();
    for (const planning::DangerZone& zone : plan->dangers) outlines.push_back(planning::outlineOf(zone));
    placed = outlines;
  }
  void forget();
  double step(double time);
  void locate(const planning::PictureFrame& frame, const imaging::FrameAnalysis& analysis, double seconds,
              Guidance& guidance, Situation& situation);
  void carry(const planning::PictureFrame& frame, const imaging::FrameAnalysis& analysis,
             const tracking::AnchoredPoint& anchor, Guidance& guidance, Situation& situation);
  void limit(const planning::PictureFrame& frame, const imaging::ImagingRegion& region, Guidance& guidance,
             Situation& situation) const;
  bool behindBone(const planning::PictureFrame& frame, const imaging::FrameAnalysis& analysis,
                  const Vector2d& px) const;
  void follow(const planning::PictureFrame& frame, const Blade& blade, std::span<const Possible> possible,
              Guidance& guidance, Situation& situation);
  void bound(const planning::PictureFrame& frame, const Blade& blade, const tracking::NeedleTrack& needle,
             std::span<const Possible> possible, Guidance& guidance, Situation& situation) const;
  TipEnd endOf(const planning::PictureFrame& frame, const Blade& blade, std::span<const Possible> possible,
               const Guidance& guidance) const;
  std::optional<DangerInPicture> nearestDanger(const planning::PictureFrame& frame,
                                               const planning::Shaft& shaft,
                                               std::optional<double>& clearanceMm) const;
  static std::optional<PossibleInPicture> nearestPossible(const planning::PictureFrame& frame,
                                                          planning::Shaft shaft,
                                                          std::span<const Possible> possible,
                                                          std::optional<double>& clearance);
  double besideCorridor(const Vector2d& tip, const Vector2d& target) const;
  std::optional<double> withdrawal(const Situation& situation, const planning::Shaft& shaft,
                                   const Verdict& verdict) const;
  std::optional<Vector2d> plannedAxis() const;
  std::vector<Vector2d> corridor(const planning::PictureFrame& frame, const Vector2d& target,
                                 const std::optional<Blade>& blade, double halfWidth) const;

  std::shared_ptr<const planning::Plan> plan;
  GuidanceOptions options;
  Settler settler;
  std::vector<planning::Outline> outlines;  ///< of the dangers as planned, mm
  std::vector<planning::Outline> placed;    ///< where they are now, mm
  std::optional<double> time;
  imaging::ProbeSide probeSeen = imaging::ProbeSide::Unknown;
  std::optional<bool> headingRight;
  bool needleSeen = false;
  std::optional<TargetInPicture> lastTarget;
  double targetUnseen = 0.0;  ///< seconds
};

GuidanceRule::GuidanceRule(std::shared_ptr<const planning::Plan> plan, GuidanceOptions options)
    : memory_(std::make_unique<Memory>(std::move(plan), options)) {}
GuidanceRule::~GuidanceRule() = default;

void GuidanceRule::reset() { memory_->forget(); }

void GuidanceRule::amend(std::shared_ptr<const planning::Plan> plan) { memory_->take(std::move(plan)); }

void GuidanceRule::Memory::forget() {
  settler = Settler(options.holdSeconds);
  time.reset();
  probeSeen = imaging::ProbeSide::Unknown;
  headingRight.reset();
  needleSeen = false;
  lastTarget.reset();
  targetUnseen = 0.0;
}

/// Seconds since the frame before, in whichever direction a replay runs.
double GuidanceRule::Memory::step(double now) {
  if (!std::isfinite(now)) now = time.value_or(0.0);
  const double seconds = time ? std::abs(now - *time) : 0.0;
  time = now;
  return seconds;
}

Guidance GuidanceRule::process(const ImageGeometry& geometry, const imaging::FrameAnalysis& analysis,
                               const tracking::NeedleTrack& needle,
                               const std::optional<tracking::AnchoredPoint>& anchor,
                               std::span<const tracking::PossibleZone> possible, bool contradicted) {
  Memory& m = *memory_;
  const double seconds = m.step(needle.time);
  if (analysis.region.probe != imaging::ProbeSide::Unknown) m.probeSeen = analysis.region.probe;
  const planning::ProbeChoice probe = planning::chooseProbe(m.plan->probe, m.probeSeen);
  const std::optional<planning::PictureFrame> frame =
      planning::PictureFrame::find(geometry, analysis.region, probe.side);

  Guidance guidance;
  guidance.probeAssumed = probe.assumed;
  guidance.dangerOutlinesPx.resize(m.outlines.size());
  Situation situation;
  situation.needle = needle.state;
  situation.contradicted = contradicted;
  situation.seenBefore = m.needleSeen;
  situation.maximumDepthMm = m.plan->maximumDepthMm;
  std::optional<Blade> blade;
  if (frame) {
    if (anchor)
      m.carry(*frame, analysis, *anchor, guidance, situation);
    else
      m.locate(*frame, analysis, seconds, guidance, situation);
    m.limit(*frame, analysis.region, guidance, situation);
    if (guidance.target && m.behindBone(*frame, analysis, guidance.target->px)) {
      guidance.target->sure = false;
      situation.obstacle = GuidanceReason::BehindBone;
    }
    blade = bladeOf(needle, *frame);
    if (blade) {
      const std::vector<Possible> open = uncovered(*frame, possible, guidance);
      m.follow(*frame, *blade, open, guidance, situation);
      m.bound(*frame, *blade, needle, open, guidance, situation);
      situation.behindBone = m.behindBone(*frame, analysis, needle.tipPx);
    }
    if (!blade) situation.needle = NeedleState::None;
    if (guidance.target && situation.corridorHalfWidth > 0) {
      guidance.corridorPx =
          m.corridor(*frame, frame->fromPx(guidance.target->px), blade, situation.corridorHalfWidth);
    }
  } else {
    situation.obstacle = GuidanceReason::NoTarget;
  }
  const Verdict verdict = m.settler.settle(judge(situation, m.settler.shown(), m.options), seconds);
  guidance.state = verdict.state;
  guidance.reason = verdict.reason;
  if (blade) {
    const planning::Shaft shaft = shaftOf(*blade, m.plan->instrument);
    guidance.hints = hintsFor(verdict.state, verdict.reason, *frame, *blade, situation.course,
                              situation.tolerance, m.withdrawal(situation, shaft, verdict));
  }
  guidance.blade = planning::wantedBlade(*m.plan, blade ? blade->direction : planning::plannedNeedle(*m.plan),
                                         analysis.fibres);
  m.needleSeen = m.needleSeen || needle.state == NeedleState::Observed;
  return guidance;
}

/// The target where the plan has it in the picture.
void GuidanceRule::Memory::locate(const planning::PictureFrame& frame, const imaging::FrameAnalysis& analysis,
                                  double seconds, Guidance& guidance, Situation& situation) {
  const auto found = locateTarget(plan->target, frame, analysis);
  targetUnseen = std::holds_alternative<TargetInPicture>(found) ? 0.0 : targetUnseen + seconds;
  if (const auto* target = std::get_if<TargetInPicture>(&found)) {
    guidance.target = lastTarget = *target;
  } else {
    situation.obstacle = std::get<GuidanceReason>(found);
    const bool blinked =
        situation.obstacle == GuidanceReason::NoTarget && targetUnseen <= options.targetHoldSeconds;
    if (blinked && lastTarget) {
      guidance.target = lastTarget;
      situation.obstacle = GuidanceReason::None;
    }
  }
  placed = outlines;
}

/// Target and danger zones where their tissue is now.
void GuidanceRule::Memory::carry(const planning::PictureFrame& frame, const imaging::FrameAnalysis& analysis,
                                 const tracking::AnchoredPoint& anchor, Guidance& guidance,
                                 Situation& situation) {
  guidance.target = lastTarget = followTarget(plan->target, anchor, frame, analysis);
  guidance.planMotion = anchor.motion;
  targetUnseen = 0.0;
  if (!anchor.sure) situation.obstacle = GuidanceReason::TargetUnsure;
  for (std::size_t i = 0; i < outlines.size(); ++i) {
    for (std::size_t k = 0; k < outlines[i].size(); ++k)
      placed[i][k] = frame.fromPx(anchor.motion * frame.toPx(outlines[i][k]));
  }
}

/// The limits in the frame's unit, and the danger zones in the picture.
void GuidanceRule::Memory::limit(const planning::PictureFrame& frame, const imaging::ImagingRegion& region,
                                 Guidance& guidance, Situation& situation) const {
  if (guidance.target && !insideRegion(region, guidance.target->px)) {
    guidance.target->sure = false;
    situation.obstacle = GuidanceReason::TargetOutside;
  }
  if (frame.scaled()) {
    situation.tolerance = plan->targetToleranceMm;
    situation.corridorHalfWidth = plan->corridorWidthMm / 2;
    for (std::size_t i = 0; i < outlines.size(); ++i) {
      for (const Vector2d& point : placed[i]) guidance.dangerOutlinesPx[i].push_back(frame.toPx(point));
    }
    if (guidance.target && plan->maximumDepthMm &&
        frame.fromPx(guidance.target->px).y() > *plan->maximumDepthMm) {
      guidance.target->sure = false;
      situation.obstacle = GuidanceReason::TargetTooDeep;
    }
  } else {
    if (const auto* pixel = std::get_if<planning::TargetAtPixel>(&plan->target)) {
      situation.tolerance = pixel->tolerancePx;
      situation.corridorHalfWidth = pixel->corridorWidthPx / 2;
    }
    if (needsScale(*plan)) situation.obstacle = GuidanceReason::NoScale;
  }
}

/// Whether a place lies behind the surface of a bone that is surely one, by more than the surface's echo is
/// wide.
bool GuidanceRule::Memory::behindBone(const planning::PictureFrame& frame,
                                      const imaging::FrameAnalysis& analysis, const Vector2d& px) const {
  const imaging::TissuePlane* bone = analysis.plane(imaging::PlaneLabel::Bone);
  if (!bone || bone->confidence < options.sureBone) return false;
  const std::optional<double> surface = imaging::ridgeAt(*bone, px.x());
  if (!surface) return false;
  const double least =
      frame.scaled() ? options.behindBoneMm : options.behindBoneShare * analysis.region.bounds.height;
  return frame.fromPx(px).y() > frame.fromPx({px.x(), *surface}).y() + least;
}

/// The blade against target, corridor, depth limit and dangers.
void GuidanceRule::Memory::follow(const planning::PictureFrame& frame, const Blade& blade,
                                  std::span<const Possible> possible, Guidance& guidance,
                                  Situation& situation) {
  headingRight = headingOf(blade, headingRight, plan->entryFromLeft);
  guidance.tipDepth = frame.along(blade.tip.y(), Vector2d::UnitY());
  if (frame.scaled()) situation.tipDepthMm = blade.tip.y();
  if (guidance.target) {
    const Vector2d target = frame.fromPx(guidance.target->px);
    const Course course = courseTo(target, blade, *headingRight);
    guidance.tipToTarget = frame.length(target - blade.tip);
    guidance.lateralError = frame.along(course.lateral, course.across);
    guidance.alongToTarget = frame.along(course.toGo, blade.direction);
    if (course.toTarget > situation.tolerance) guidance.angleError = course.angleError;
    situation.course = course;
    situation.tipBesideCorridor = besideCorridor(blade.tip, target);
  }
  const planning::Shaft shaft = shaftOf(blade, plan->instrument);
  guidance.nearestDanger = nearestDanger(frame, shaft, situation.dangerClearanceMm);
  guidance.nearestPossible = nearestPossible(frame, shaft, possible, situation.possibleClearance);
}

/// Both ends of where the tip may be, and the tip by which a Stop is asked for.
void GuidanceRule::Memory::bound(const planning::PictureFrame& frame, const Blade& blade,
                                 const tracking::NeedleTrack& needle, std::span<const Possible> possible,
                                 Guidance& guidance, Situation& situation) const {
  const double ahead = (frame.fromPx(needle.farTipPx()) - blade.tip).norm();
  const double behind = (frame.fromPx(needle.nearTipPx()) - blade.tip).norm();
  if (!std::isfinite(ahead) || !std::isfinite(behind)) return;
  double early = options.stopShare * ahead;
  if (frame.scaled()) early = std::min(early, options.mostStopMm);
  situation.far = endOf(frame, advanced(blade, ahead), possible, guidance);
  situation.near = endOf(frame, advanced(blade, -behind), possible, guidance);
  situation.stop = endOf(frame, advanced(blade, early), possible, guidance);
  if (guidance.target) guidance.farAlongToTarget = frame.along(situation.far->toGo, blade.direction);
}

TipEnd GuidanceRule::Memory::endOf(const planning::PictureFrame& frame, const Blade& blade,
                                   std::span<const Possible> possible, const Guidance& guidance) const {
  TipEnd end;
  if (frame.scaled()) end.tipDepthMm = blade.tip.y();
  if (guidance.target) {
    const Vector2d target = frame.fromPx(guidance.target->px), way = target - blade.tip;
    end.toTarget = way.norm();
    end.toGo = way.dot(blade.direction);
    end.tipBesideCorridor = besideCorridor(blade.tip, target);
  }
  const planning::Shaft shaft = shaftOf(blade, plan->instrument);
  nearestDanger(frame, shaft, end.dangerClearanceMm);
  nearestPossible(frame, shaft, possible, end.possibleClearance);
  return end;
}

/// Of a tip from the middle of a planned corridor; 0 where the corridor starts at the tip.
double GuidanceRule::Memory::besideCorridor(const Vector2d& tip, const Vector2d& target) const {
  const auto axis = plannedAxis();
  if (!axis) return 0.0;
  const Vector2d fromTarget = tip - target;
  return axis->x() * fromTarget.y() - axis->y() * fromTarget.x();
}

/// The danger with the least left beyond its margin, and how much that is; none without a scale.
std::optional<DangerInPicture> GuidanceRule::Memory::nearestDanger(const planning::PictureFrame& frame,
                                                                   const planning::Shaft& shaft,
                                                                   std::optional<double>& clearanceMm) const {
  std::optional<DangerInPicture> nearest;
  if (!frame.scaled()) return nearest;
  for (std::size_t i = 0; i < outlines.size(); ++i) {
    const double distance = planning::distanceTo(placed[i], shaft);
    const double clearance = distance - plan->dangers[i].marginMm;
    if (clearanceMm && clearance >= *clearanceMm) continue;
    clearanceMm = clearance;
    const ImageLength length = frame.along(distance, Vector2d::UnitX());
    nearest = DangerInPicture{i, plan->dangers[i].name, length, clearance < 0};
  }
  return nearest;
}

/// As the plan's dangers, but without a scale the blade has no width and the zone no margin: what is then
/// told is whether they touch.
std::optional<PossibleInPicture> GuidanceRule::Memory::nearestPossible(const planning::PictureFrame& frame,
                                                                       planning::Shaft shaft,
                                                                       std::span<const Possible> possible,
                                                                       std::optional<double>& least) {
  std::optional<PossibleInPicture> nearest;
  if (!frame.scaled()) shaft.halfWidth = 0;
  const double margin = frame.scaled() ? possibleMarginMm : 0.0;
  for (const Possible& here : possible) {
    const double distance = planning::distanceTo(here.outline, shaft);
    if (!std::isfinite(distance)) continue;
    const bool inside = frame.scaled() ? distance < margin : distance <= 0;
    const double clearance = inside ? std::min(distance - margin, -1e-9) : distance - margin;
    if (least && clearance >= *least) continue;
    least = clearance;
    nearest =
        PossibleInPicture{here.zone->id, here.zone->kind, frame.along(distance, Vector2d::UnitX()), inside};
  }
  return nearest;
}

/// How far to draw back to end a Stop for danger or depth, mm.
std::optional<double> GuidanceRule::Memory::withdrawal(const Situation& situation,
                                                       const planning::Shaft& shaft,
                                                       const Verdict& verdict) const {
  if (verdict.state != GuidanceState::Stop) return std::nullopt;
  if (verdict.reason == GuidanceReason::DangerClose) return clearingWithdrawal(placed, *plan, shaft);
  if (verdict.reason != GuidanceReason::TooDeep || !situation.tipDepthMm) return std::nullopt;
  const Vector2d back = shaft.end - shaft.tip;
  const double rise = -back.y() / back.norm();
  if (rise < 0.1) return std::nullopt;
  return std::max(0.0, (*situation.tipDepthMm - *situation.maximumDepthMm) / rise);
}

/// Direction of the planned corridor; none unless both side and angle of the entry are planned.
std::optional<Vector2d> GuidanceRule::Memory::plannedAxis() const {
  if (!plan->entryFromLeft || !plan->entryAngle) return std::nullopt;
  return Vector2d((*plan->entryFromLeft ? 1 : -1) * std::cos(*plan->entryAngle), std::sin(*plan->entryAngle));
}

std::vector<Vector2d> GuidanceRule::Memory::corridor(const planning::PictureFrame& frame,
                                                     const Vector2d& target,
                                                     const std::optional<Blade>& blade,
                                                     double halfWidth) const {
  const auto axis = plannedAxis();
  Vector2d start = target;
  if (axis && axis->y() > 0.01) {
    start = target - std::max(0.0, target.y() / axis->y()) * *axis;
  } else if (blade) {
    start = blade->tip;
  }
  const Vector2d way = target - start;
  if (way.norm() < 1e-6) return {};
  const Vector2d side = halfWidth * Vector2d(-way.y(), way.x()).normalized();
  return {frame.toPx(start + side), frame.toPx(target + side), frame.toPx(target - side),
          frame.toPx(start - side)};
}

}  // namespace acuguide::guidance
