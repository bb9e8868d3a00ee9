#include "guidance/hints.h"

#include "core/limits.h"
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
// And on course than these there is nothing to mend.
constexpr double leastTurnOnCourse = radians(3.0);
constexpr double leastShiftShareOnCourse = 0.5;

HintAmount shift(Hint hint, double length, const Eigen::Vector2d& direction,
                 const planning::PictureFrame& frame) {
  const ImageLength along = frame.along(length, direction);
  return {hint, along.px, along.mm};
}

/// Turning the blade about its tip. Upright, "steeper" would not say which way to lean: none.
std::optional<HintAmount> turn(const Course& course, double least) {
  const bool upright = std::abs(course.steepness - radians(90.0)) < radians(10.0);
  if (upright || std::abs(course.angleError) < least) return std::nullopt;
  return HintAmount{course.angleError > 0 ? Hint::Shallower : Hint::Steeper, std::abs(course.angleError), {}};
}

/// Shifting the whole blade along the probe face. A blade nearly along the face cannot be mended so: none.
std::optional<HintAmount> move(const Course& course, double least, const planning::PictureFrame& frame) {
  const double rise = std::abs(std::sin(course.steepness));
  if (rise < std::sin(radians(10.0)) || std::abs(course.lateral) < least) return std::nullopt;
  return shift(course.lateral > 0 ? Hint::MoveLeft : Hint::MoveRight, std::abs(course.lateral) / rise,
               Eigen::Vector2d::UnitX(), frame);
}

/// The correction of a course that is good all the same: only where the line passes clearly beside the
/// target.
std::optional<HintAmount> correctionOnCourse(const Course& course, double tolerance,
                                             const planning::PictureFrame& frame) {
  const double least = leastShiftShareOnCourse * tolerance;
  if (std::abs(course.lateral) < least || std::abs(course.angleError) < leastTurnOnCourse)
    return std::nullopt;
  if (const auto turned = turn(course, leastTurnOnCourse)) return turned;
  return move(course, least, frame);
}

bool opposite(Hint a, Hint b) {
  const auto are = [a, b](Hint one, Hint other) {
    return (a == one && b == other) || (a == other && b == one);
  };
  return are(Hint::Steeper, Hint::Shallower) || are(Hint::MoveLeft, Hint::MoveRight) ||
         are(Hint::Advance, Hint::Withdraw);
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
      reason == Reason::NeedlesApart || reason == Reason::TipUnsure || reason == Reason::BehindBone)
    return {hold};
  if (state == State::Stop) {
    if (reason == Reason::PastTarget && course) withdrawMm = -course->toGo;
    if (withdrawMm && *withdrawMm > 0) return {shift(Hint::Withdraw, *withdrawMm, blade.direction, frame)};
    return {HintAmount{Hint::Withdraw, 0.0, std::nullopt}};
  }
  if (!course || reason == Reason::NoScale || reason == Reason::NoTarget) return hints;
  if (reason == Reason::TargetUnsure || reason == Reason::TargetTooDeep || reason == Reason::TargetOutside)
    return hints;  // no way to a doubtful place
  if (state == State::OnCourse) {
    append(hints, correctionOnCourse(*course, tolerance, frame));
    hints.push_back(shift(Hint::Advance, std::max(0.0, course->toGo), blade.direction, frame));
    return hints;
  }
  const double leastShift = leastShiftShare * tolerance;
  if (reason == Reason::Lateral) {
    append(hints, move(*course, leastShift, frame));
    append(hints, turn(*course, leastTurn));
  } else {
    append(hints, turn(*course, leastTurn));
    append(hints, move(*course, leastShift, frame));
  }
  return hints;
}

void HintSettler::reset() {
  shown_.reset();
  next_.reset();
  time_.reset();
}

/// What is shown and must not be any longer, however short the disagreement.
void HintSettler::drop(const Guidance& guidance) {
  if (!shown_) return;
  const Hint hint = shown_->hint;
  const bool unclaimed = hint == Hint::Advance && guidance.state != State::OnCourse;
  if (guidance.hints.empty() || unclaimed || hint == Hint::Withdraw ||
      opposite(hint, guidance.hints.front().hint))
    shown_.reset();
}

void HintSettler::settle(Guidance& guidance, double time) {
  if (!std::isfinite(time)) time = time_.value_or(0.0);
  if (time_ && (time < *time_ || time - *time_ > limits::kLongestGapSeconds)) reset();
  const bool first = !time_;
  time_ = time;
  auto& hints = guidance.hints;
  drop(guidance);
  if (hints.empty()) {
    next_.reset();
    return;
  }
  const HintAmount asked = hints.front();
  const bool atOnce = first || asked.hint == Hint::Hold || asked.hint == Hint::Withdraw;
  const auto again = std::find_if(hints.begin(), hints.end(), [this](const HintAmount& hint) {
    return shown_ && hint.hint == shown_->hint;
  });
  if (again != hints.end()) {
    shown_ = *again;
    supported_ = time;
  }
  if (shown_ && asked.hint == shown_->hint) {
    next_.reset();
  } else if (next_ != asked.hint) {
    next_ = asked.hint;
    nextSince_ = time;
  }
  if (next_ && (atOnce || time - nextSince_ >= holdSeconds_)) {
    shown_ = asked;
    supported_ = time;
    next_.reset();
  } else if (shown_ && time - supported_ > holdSeconds_) {
    shown_.reset();
  }
  if (!shown_) {
    hints.clear();
    return;
  }
  std::erase_if(hints, [this](const HintAmount& hint) { return hint.hint == shown_->hint; });
  hints.insert(hints.begin(), *shown_);
}

}  // namespace acuguide::guidance
