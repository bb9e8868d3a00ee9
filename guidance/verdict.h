#pragma once

#include "guidance/course.h"
#include "guidance/guidance.h"

#include <optional>

namespace acuguide::guidance {

/// Where the tip may be at most or at least, as against the likeliest.
struct TipEnd {
  double toTarget = 0.0;  ///< as Course
  double toGo = 0.0;
  double tipBesideCorridor = 0.0;
  std::optional<double> tipDepthMm;
  std::optional<double> dangerClearanceMm;
  std::optional<double> possibleClearance;
};

struct Verdict {
  GuidanceState state = GuidanceState::NoNeedle;
  GuidanceReason reason = GuidanceReason::None;
};

/// All that the state of one frame is judged by. Lengths in the picture frame's unit; `...Mm` only with a
/// scale.
struct Situation {
  tracking::NeedleState needle = tracking::NeedleState::None;
  bool contradicted = false;  ///< a tracker has it elsewhere
  bool seenBefore = false;
  /// NoTarget, TargetUnsure, TargetTooDeep, BehindBone or NoScale: nothing may be claimed of the course.
  GuidanceReason obstacle = GuidanceReason::None;
  std::optional<Course> course;
  double tolerance = 0.0;
  double corridorHalfWidth = 0.0;
  /// Of the tip from the middle of a planned corridor; 0 when the corridor starts at the tip.
  double tipBesideCorridor = 0.0;
  std::optional<double> tipDepthMm;
  std::optional<double> maximumDepthMm;
  std::optional<double> dangerClearanceMm;  ///< least distance beyond any danger's margin; negative inside
  bool behindBone = false;                  ///< the likeliest tip
  std::optional<double> possibleClearance;  ///< the same of possible nerves and vessels, in the frame's unit
  /// Ends of the interval that holds the tip; none: it is where it is taken to be.
  std::optional<TipEnd> far, near;
  /// Of the tip by which a Stop is asked for; none: of the likeliest.
  std::optional<TipEnd> stop;
};

/// What this frame alone says, with the thresholds that belong to the state and reason shown until now.
Verdict judge(const Situation& situation, const Verdict& shown, const GuidanceOptions& options);

/// Lets a state show only when it may: a more urgent one at once, a milder one when it has held. A claim
/// (OnCourse, AtTarget) must itself have held unless the needle was on a judged course already, and ends at
/// once.
class Settler {
 public:
  explicit Settler(double holdSeconds) : holdSeconds_(holdSeconds) {}
  const Verdict& shown() const { return shown_; }
  /// `seconds` since the frame before.
  Verdict settle(const Verdict& raw, double seconds);

 private:
  bool claimReady(const Verdict& raw) const;
  Verdict admissible(const Verdict& raw) const;

  double holdSeconds_;
  Verdict shown_;
  double unsupported_ = 0.0;       ///< seconds since a frame last said what is shown
  std::optional<double> claimed_;  ///< seconds for which every frame made a claim
};

}  // namespace acuguide::guidance
