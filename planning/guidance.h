#pragma once

#include "core/frame.h"
#include "core/units.h"
#include "imaging/frame_analysis.h"
#include "planning/plan.h"
#include "tracking/needle_track.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acuguide::planning {

/// What the practitioner is told, most urgent last.
enum class GuidanceState { NoNeedle, Approach, OnCourse, OffCourse, AtTarget, Stop };

/// As in guidance.csv: "no_needle", "approach", "on_course", "off_course", "at_target", "stop".
std::string_view nameOf(GuidanceState state);

/// Why the state is what it is, where that is not plain from the state itself.
enum class GuidanceReason {
  None,
  NoTarget,            ///< the plane the target lies on is not seen
  NoScale,             ///< the plan is in millimetres and the picture has no known scale
  NeedleLost,          ///< it was seen and is not any more
  NeedlePredicted,     ///< drawn from prediction only
  Lateral,             ///< off course: beside the corridor
  Angle,               ///< off course: pointing away
  DangerClose,         ///< inside the margin of the nearest danger
  TooDeep,             ///< beyond the plan's maximum depth
  PastTarget           ///< the tip has passed the target
};

/// What the hand has to do, in the picture's own directions.
enum class Hint { Steeper, Shallower, MoveLeft, MoveRight, Advance, Withdraw, Hold };

struct HintAmount {
  Hint hint = Hint::Hold;
  double amount = 0.0;  ///< radians for Steeper/Shallower, else px (and mm when known)
  std::optional<double> mm;
};

struct TargetInPicture {
  Eigen::Vector2d px = Eigen::Vector2d::Zero();
  std::optional<double> depthMm;
  std::string source;  ///< "depth", "pixel", or the plane's name: "deep_aponeurosis"
};

struct DangerInPicture {
  std::size_t zone = 0;  ///< index in Plan::dangers
  std::string name;
  ImageLength distance;  ///< from the tip and the shaft (the nearest part) to the zone's edge; 0 inside
  bool insideMargin = false;
};

/// The guidance of one frame. Everything that is not known is absent.
struct Guidance {
  GuidanceState state = GuidanceState::NoNeedle;
  GuidanceReason reason = GuidanceReason::None;
  std::optional<TargetInPicture> target;
  std::optional<ImageLength> tipToTarget;
  std::optional<ImageLength> lateralError;  ///< of the needle's line past the target; positive: passes to its right
  std::optional<double> angleError;         ///< radians; positive: needle steeper than the line tip-target
  std::optional<ImageLength> tipDepth;      ///< below the probe face
  std::optional<DangerInPicture> nearestDanger;
  std::vector<HintAmount> hints;            ///< most important first
  std::vector<std::vector<Eigen::Vector2d>> dangerOutlinesPx;  ///< one closed outline per Plan::dangers, for drawing
  std::vector<Eigen::Vector2d> corridorPx;  ///< closed outline from the entry (or tip) to the target; may be empty
};

struct GuidanceOptions {
  double onAngle = 0.0698;        ///< 4 deg: at most this error to become "on course"
  double offAngle = 0.1222;       ///< 7 deg: at least this error to become "off course" (hysteresis between)
  double holdSeconds = 0.20;      ///< a milder state must hold this long before it is shown; Stop shows at once
};

/// The rule that turns track and plan into guidance: one plan, one stream; remembers only what hysteresis needs.
class GuidanceRule {
 public:
  explicit GuidanceRule(std::shared_ptr<const Plan> plan, GuidanceOptions options = {});
  ~GuidanceRule();

  Guidance process(const ImageGeometry& geometry, const imaging::FrameAnalysis& analysis,
                   const tracking::NeedleTrack& needle);
  void reset();

 private:
  struct Memory;
  std::unique_ptr<Memory> memory_;
};

}  // namespace acuguide::planning
