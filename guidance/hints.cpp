#include "guidance/hints.h"

#include "core/units.h"

#include <algorithm>
#include <cmath>

namespace acuguide::guidance {
namespace {

using State = GuidanceState;
using Reason = GuidanceReason;

// Smaller corrections than these are below what a hand can do and a picture can show.
constexpr double leastTurn = radians(1.0);
constexpr double leastShiftShare = 0.25;  // of the tolerance

HintAmount shift(Hint hint, double length, const Eigen::Vector2d& direction,
                 const planning::PictureFrame& frame) {
  const ImageLength along = frame.along(length, direction);
  return {hint, along.px, along.mm};
}

/// Turning the blade about its tip. Upright, "steeper" would not say which way to lean: none.
std::optional<HintAmount> turn(const Course& course) {
  const bool upright = std::abs(course.steepness - radians(90.0)) < radians(10.0);
  if (upright || std::abs(course.angleError) < leastTurn) return std::nullopt;
  return HintAmount{course.angleError > 0 ? Hint::Shallower : Hint::Steeper, std::abs(course.angleError), {}};
}

/// Shifting the whole blade along the probe face. A blade nearly along the face cannot be mended so: none.
std::optional<HintAmount> move(const Course& course, double tolerance, const planning::PictureFrame& frame) {
  const double rise = std::abs(std::sin(course.steepness));
  if (rise < std::sin(radians(10.0)) || std::abs(course.lateral) < leastShiftShare * tolerance)
    return std::nullopt;
  return shift(course.lateral > 0 ? Hint::MoveLeft : Hint::MoveRight, std::abs(course.lateral) / rise,
               Eigen::Vector2d::UnitX(), frame);
}

void append(std::vector<HintAmount>& hints, const std::optional<HintAmount>& hint) {
  if (hint) hints.push_back(*hint);
}

}  // namespace

std::vector<HintAmount> hintsFor(State state, Reason reason, const planning::PictureFrame& frame,
                                 const Blade& blade, const std::optional<Course>& course, double tolerance,
                                 std::optional<double> withdrawMm) {
  const HintAmount hold{Hint::Hold, 0.0, std::nullopt};
  std::vector<HintAmount> hints;
  if (state == State::NoNeedle) return hints;
  if (state == State::AtTarget || reason == Reason::NeedlePredicted || reason == Reason::PossibleDanger ||
      reason == Reason::NeedlesApart)
    return {hold};
  if (state == State::Stop) {
    if (reason == Reason::PastTarget && course)
      return {shift(Hint::Withdraw, std::max(0.0, -course->toGo), blade.direction, frame)};
    hints.push_back(hold);
    if (withdrawMm) hints.push_back(shift(Hint::Withdraw, *withdrawMm, blade.direction, frame));
    return hints;
  }
  if (!course || reason == Reason::NoScale || reason == Reason::NoTarget) return hints;
  if (reason == Reason::TargetUnsure || reason == Reason::TargetTooDeep)
    return hints;  // no way to a doubtful place
  if (state == State::OnCourse) {
    hints.push_back(shift(Hint::Advance, std::max(0.0, course->toGo), blade.direction, frame));
  }
  if (reason == Reason::Lateral) {
    append(hints, move(*course, tolerance, frame));
    append(hints, turn(*course));
  } else {
    append(hints, turn(*course));
    append(hints, move(*course, tolerance, frame));
  }
  return hints;
}

}  // namespace acuguide::guidance
