#pragma once

#include "core/frame.h"
#include "core/units.h"
#include "imaging/frame_analysis.h"
#include "planning/blade_direction.h"
#include "planning/plan.h"
#include "tracking/needle_track.h"
#include "tracking/possible_zones.h"
#include "tracking/tissue_anchor.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace acuguide::guidance {

/// What the practitioner is told, most urgent last. docs/guidance.md has the whole rule.
///
/// NoNeedle   no needle is known.
/// Approach   a needle is known, but nothing is claimed of its course: it is not seen in this frame, the
/// target or the
///            scale is not known, the blade is still being aimed (its tip less than `aimingDepthMm` deep), or
///            it has not been on course for `holdSeconds` yet.
/// OnCourse   seen, its line passes the target within the corridor and in the right direction, all dangers
/// clear. OffCourse  seen, and its line passes beside the corridor or points away. AtTarget   seen, and the
/// tip is within the plan's tolerance of the target, all dangers clear. Stop       do not advance: inside a
/// danger's margin, beyond the maximum depth, or past the target.
///
/// OnCourse and AtTarget are claims: they end in the very frame that does not bear them out. Within the
/// margin of a possible nerve or vessel (found by the network, confirmed by nobody) neither is made:
/// Approach, with PossibleDanger. It is no Stop: the network is too often wrong for that. Nor is one made
/// while a tracker has the needle elsewhere (NeedlesApart): what is seen may be something else.
///
/// Nor is one made with the tip, or the target, behind the surface of a bone: no blade gets there, so needle,
/// target or bone are not what they are taken for (BehindBone).
///
/// A claim holds for every place at which the tip may be (95 %, NeedleTrack), from the near to the far end:
/// else Approach, with TipUnsure. A Stop is asked for by the likeliest tip, with a little ahead of it. A Stop
/// of the blade's place ends only when the needle is seen and the far end is clear: not because it is lost,
/// or its tip can no longer be told.
enum class GuidanceState { NoNeedle, Approach, OnCourse, OffCourse, AtTarget, Stop };

/// As in guidance.csv: "no_needle", "approach", "on_course", "off_course", "at_target", "stop".
std::string_view nameOf(GuidanceState state);

/// Why the state is what it is, where that is not plain from the state itself.
enum class GuidanceReason {
  None,
  NoTarget,       ///< the plane the target lies on is not seen
  TargetUnsure,   ///< the tissue the target is tied to is not recognised: to be confirmed again
  TargetTooDeep,  ///< the plane it lies on was found below the plan's maximum depth: it is another plane
  NoScale,        ///< the plan is in millimetres and the picture has no known scale: pixels only, no verdict
  NeedleLost,     ///< it was seen and is not any more
  NeedlePredicted,    ///< drawn from prediction only
  Lateral,            ///< off course: beside the corridor
  Angle,              ///< off course: pointing away
  DangerClose,        ///< inside the margin of the nearest danger
  TooDeep,            ///< beyond the plan's maximum depth
  PastTarget,         ///< the tip has passed the target
  ChecklistOpen,      ///< contraindications have not been asked for, or one is present (procedure.h)
  PointNotConfirmed,  ///< nobody has said that the probe is over the point
  PossibleDanger,     ///< inside the margin of a nerve or vessel that may be one: to be looked at
  NeedlesApart,       ///< the tracked needle lies elsewhere than the seen one: one of them is wrong
  TargetOutside,      ///< the target lies outside the imaging region
  TipUnsure,          ///< the tip may be so far that no claim would hold: its end is not seen
  BehindBone          ///< tip or target lie behind the surface of a bone, where no blade gets
};

/// What the hand has to do, in the picture's own directions. Steeper/Shallower turn the blade about its tip,
/// MoveLeft/ MoveRight shift all of it along the probe face: either alone brings its line onto the target.
enum class Hint { Steeper, Shallower, MoveLeft, MoveRight, Advance, Withdraw, Hold };

struct HintAmount {
  Hint hint = Hint::Hold;
  /// Radians for Steeper/Shallower, else px (and mm when known); 0 for Hold, and for a Withdraw all the way.
  double amount = 0.0;
  std::optional<double> mm;
};

struct TargetInPicture {
  Eigen::Vector2d px = Eigen::Vector2d::Zero();
  std::optional<double> depthMm;
  std::string source;    ///< "depth", "pixel", or the plane's name: "deep_aponeurosis"
  double sigmaPx = 0.0;  ///< of the tissue that carries it; 0 where it is tied to none
  bool sure = true;      ///< false: drawn where it was last, and nothing is guided by it
};

struct DangerInPicture {
  std::size_t zone = 0;  ///< index in Plan::dangers
  std::string name;
  ImageLength distance;  ///< from the tip and the shaft (the nearest part) to the zone's edge; 0 inside
  bool insideMargin = false;
};

/// What must stay free round a possible nerve or vessel, mm. In a picture without a scale, its outline.
inline constexpr double possibleMarginMm = 2.0;

struct PossibleInPicture {
  std::uint64_t id = 0;  ///< tracking::PossibleZone::id
  imaging::StructureKind kind = imaging::StructureKind::Vessel;
  ImageLength distance;  ///< as DangerInPicture's
  bool insideMargin = false;
};

/// The guidance of one frame. Everything that is not known is absent. With a needle that is only predicted
/// the numbers are those of the prediction, and the state says so.
struct Guidance {
  GuidanceState state = GuidanceState::NoNeedle;
  GuidanceReason reason = GuidanceReason::None;
  std::optional<TargetInPicture> target;
  std::optional<ImageLength> tipToTarget;
  std::optional<ImageLength>
      lateralError;  ///< of the needle's line past the target; positive: passes to its right
  /// Radians; positive: needle steeper than the line tip-target. Absent within the tolerance, where that line
  /// means nothing.
  std::optional<double> angleError;
  std::optional<ImageLength> alongToTarget;  ///< along the blade's line to its point nearest the target;
                                             ///< negative: the target lies behind the tip
  /// The same of the far end of where the tip may be (NeedleTrack::farTipPx).
  std::optional<ImageLength> farAlongToTarget;
  std::optional<ImageLength> tipDepth;           ///< below the probe face
  std::optional<DangerInPicture> nearestDanger;  ///< the one with the least left beyond its margin
  /// The possible nerve or vessel that the blade is nearest to; none where no blade or no such zone is known.
  std::optional<PossibleInPicture> nearestPossible;
  std::vector<HintAmount> hints;  ///< most important first
  /// One closed outline per Plan::dangers, for drawing; an empty outline where it cannot be placed (no
  /// scale).
  std::vector<std::vector<Eigen::Vector2d>> dangerOutlinesPx;
  /// Where a pixel the plan's positions were read from (the picture in which the target was tied) is now.
  Eigen::Affine2d planMotion = Eigen::Affine2d::Identity();
  /// Closed outline from the planned entry (or, without one, the tip) to the target; may be empty.
  std::vector<Eigen::Vector2d> corridorPx;
  planning::BladeDirection blade;  ///< wanted rotation of the edge, for the needle as it lies
  bool probeAssumed = false;       ///< nobody said where the transducer face is: taken to be at the top
};

struct GuidanceOptions {
  double onAngle = 0.0698;         ///< 4 deg: at most this error to become "on course"
  double offAngle = 0.1222;        ///< 7 deg: at least this error to become "off course" (hysteresis between)
  double onCorridorShare = 0.8;    ///< share of the corridor's half width to be within to become "on course"
  double leaveTargetShare = 1.25;  ///< of the tolerance, beyond which "at target" ends
  double releaseMm = 0.3;          ///< farther than the limit by this before a danger or depth Stop may end
  /// Stop is asked for by a tip that is this share of the way from the likeliest to the far end, and at most
  /// `mostStopMm` beyond the likeliest: a Stop too early costs less than one too late.
  double stopShare = 0.5, mostStopMm = 0.6;
  double sureBone = 0.6;  ///< least confidence of a bone's surface that counts
  /// A tip this far behind it: less is the width of the echo. Without a scale, of the region's height.
  double behindBoneMm = 1.0, behindBoneShare = 0.02;
  double aimingDepthMm = 3.0;  ///< a tip above this depth is still being aimed: "approach", not "off course"
  double holdSeconds = 0.20;   ///< a milder state must hold this long before it is shown; Stop shows at once
  double targetHoldSeconds = 0.20;  ///< a plane that blinks out keeps its target for this long
};

/// The rule that turns track and plan into guidance: one plan, one stream; remembers only what hysteresis
/// needs. Frame times are the needle's; who calls resets it at a discontinuity (core/stream_clock.h). For
/// unrelated stills set the two hold times to 0. Never throws: what cannot be judged is absent.
class GuidanceRule {
 public:
  explicit GuidanceRule(std::shared_ptr<const planning::Plan> plan, GuidanceOptions options = {});
  ~GuidanceRule();

  /// `anchor`: the target's tissue, once it is tied to it (tracking::TissueAnchor). Target and danger zones
  /// then go with the tissue; a target on a plane stays on that plane. Without it they stand still in the
  /// picture.
  /// `possible`: what may be a nerve or vessel in this picture; those that the plan's own zones cover are
  /// left to these. `contradicted`: a tracker has the needle elsewhere than `needle`.
  Guidance process(const ImageGeometry& geometry, const imaging::FrameAnalysis& analysis,
                   const tracking::NeedleTrack& needle,
                   const std::optional<tracking::AnchoredPoint>& anchor = std::nullopt,
                   std::span<const tracking::PossibleZone> possible = {}, bool contradicted = false);
  /// The same plan with other danger zones: everything else, and what is remembered, stays.
  void amend(std::shared_ptr<const planning::Plan> plan);
  void reset();

 private:
  struct Memory;
  std::unique_ptr<Memory> memory_;
};

/// Whether most of a possible zone lies within one of the plan's danger zones as `guidance` places them: then
/// that zone speaks for it.
bool coveredByPlan(const tracking::PossibleZone& zone, const Guidance& guidance);

}  // namespace acuguide::guidance
