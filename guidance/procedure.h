#pragma once

#include "guidance/guidance.h"

#include <optional>
#include <string_view>

namespace acuguide::guidance {

// The steps of one insertion. docs/guidance.md has the whole rule. It stands on GuidanceRule, which judges a
// frame, and adds what has to be remembered between frames and what has to be asked of a person.

/// Checklist     a contraindication has not been asked for, or one is present: the plan must not be used.
/// ConfirmPoint  the practitioner has not said that the probe is over the point, or the target's tissue is
///               not recognised any more.
/// Align         the blade is being aimed, or has to be brought back onto its course.
/// Advance       on course, its tip in tissue.
/// Approach      the same, in the last 5 mm.
/// AtPlane       the tip is at the target; strokes are counted.
/// Stop          do not advance; `cause` says why.
enum class Step { Checklist, ConfirmPoint, Align, Advance, Approach, AtPlane, Stop };

enum class StopCause {
  None,
  DangerClose,
  TooDeep,
  PastTarget,
  NeedleLost,   ///< while advancing
  PictureLost,  ///< while advancing (navigation::asOf says so: no frame comes that could)
  StrokesDone   ///< as many as planned: withdraw
};

/// "checklist", "confirm_point", "align", "advance", "approach", "at_plane", "stop".
std::string_view nameOf(Step step);
/// "", "danger_close", "too_deep", "past_target", "needle_lost", "picture_lost", "strokes_done".
std::string_view nameOf(StopCause cause);

/// Whether the tip may be in tissue and going on: losing sight of it then is a Stop.
constexpr bool isAdvancing(Step step) {
  return step == Step::Advance || step == Step::Approach || step == Step::AtPlane;
}

/// What only people can say. Nobody is asked for recorded pictures: then nothing is held back.
struct Readiness {
  bool asked = false;
  bool checklistPassed = true;
  bool pointConfirmed = true;
  bool operator==(const Readiness&) const = default;
};

struct ProcedureState {
  Step step = Step::Align;
  StopCause cause = StopCause::None;
  std::optional<int> strokes;  ///< up-down excursions at the plane so far; none without a scale
  int strokesPlanned = 0;
  bool asked = false;  ///< checklist and point were asked for
};

struct ProcedureOptions {
  double approachMm = 5.0;         ///< the last of the way
  double inTissueMm = 3.0;         ///< a tip above this depth is still being aimed
  double needleLostSeconds = 0.2;  ///< unseen for this long while advancing: Stop
  double strokeMm = 1.5;           ///< a blade drawn back by this has made a stroke
};

/// One insertion, one stream. Never throws.
class Procedure {
 public:
  explicit Procedure(int strokesPlanned, ProcedureOptions options = {});

  /// The step after this frame. `guidance` is what GuidanceRule said of it. Who calls resets it at a
  /// discontinuity (core/stream_clock.h).
  ProcedureState process(const Guidance& guidance, const tracking::NeedleTrack& needle,
                         const Readiness& readiness);
  /// Another insertion: strokes from nought.
  void reset();

 private:
  ProcedureState judge(const Guidance& guidance, const tracking::NeedleTrack& needle,
                       const Readiness& readiness) const;
  Step onTheWay(const Guidance& guidance) const;
  void countStrokes(const Guidance& guidance, const tracking::NeedleTrack& needle);

  int strokesPlanned_;
  ProcedureOptions options_;
  ProcedureState shown_;
  std::optional<double> time_;
  double unseen_ = 0.0;  ///< seconds since the needle was last seen
  int strokes_ = 0;
  std::optional<double> deepest_;  ///< of this stroke, mm beyond the target along the blade; none: drawn back
};

/// What guidance may still say in this step, one order at a time: before the checklist and the point are
/// settled no course is called good (Approach, with the reason) and nothing is asked for but that step; in a
/// Stop of the procedure's own nothing but its way out.
void withholdClaims(const ProcedureState& procedure, Guidance& guidance);

}  // namespace acuguide::guidance
