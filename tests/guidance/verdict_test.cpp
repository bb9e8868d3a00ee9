#include "guidance/verdict.h"

#include "core/units.h"

#include <gtest/gtest.h>

#include <cmath>

namespace acuguide::guidance {

void PrintTo(GuidanceState state, std::ostream* out) { *out << nameOf(state); }

namespace {

using State = GuidanceState;
using Reason = GuidanceReason;
using tracking::NeedleState;

/// Seen, 20 mm from its target and straight at it.
Situation good() {
  Situation s;
  s.needle = NeedleState::Observed;
  s.tolerance = 2;
  s.corridorHalfWidth = 2;
  Course course;
  course.toTarget = course.toGo = 20;
  s.course = course;
  s.tipDepthMm = 10;
  return s;
}

Verdict judged(const Situation& s, Verdict shown = {State::Approach, Reason::None}) {
  return judge(s, shown, GuidanceOptions());
}

TEST(Judge, NothingSeenIsNoNeedleAndLostOnlyIfItWasThere) {
  Situation s = good();
  s.needle = NeedleState::None;
  EXPECT_EQ(judged(s).state, State::NoNeedle);
  EXPECT_EQ(judged(s).reason, Reason::None);
  s.seenBefore = true;
  EXPECT_EQ(judged(s).reason, Reason::NeedleLost);
}

TEST(Judge, StraightAtTheTargetIsOnCourse) { EXPECT_EQ(judged(good()).state, State::OnCourse); }

TEST(Judge, PredictedIsNeverOnCourseOrAtTarget) {
  Situation s = good();
  s.needle = NeedleState::Predicted;
  EXPECT_EQ(judged(s, {State::OnCourse, Reason::None}).state, State::Approach);
  EXPECT_EQ(judged(s).reason, Reason::NeedlePredicted);
  s.course->toTarget = s.course->toGo = 0.1;
  EXPECT_EQ(judged(s, {State::AtTarget, Reason::None}).state, State::Approach);
}

TEST(Judge, AnObstacleLeavesTheCourseUnjudged) {
  Situation s = good();
  for (const Reason reason : {Reason::NoTarget, Reason::NoScale}) {
    s.obstacle = reason;
    EXPECT_EQ(judged(s).state, State::Approach);
    EXPECT_EQ(judged(s).reason, reason);
  }
}

TEST(Judge, ANeedleThatItsTrackerHasElsewhereMakesNoClaimAndStopsAllTheSame) {
  Situation s = good();
  s.contradicted = true;
  EXPECT_EQ(judged(s, {State::OnCourse, Reason::None}).state, State::Approach);
  EXPECT_EQ(judged(s).reason, Reason::NeedlesApart);
  s.course->toTarget = s.course->toGo = 0.1;
  EXPECT_EQ(judged(s, {State::AtTarget, Reason::None}).state, State::Approach);
  s = good();
  s.contradicted = true;
  s.course->lateral = -2.01;
  EXPECT_EQ(judged(s).state, State::OffCourse);
  s.dangerClearanceMm = -0.1;
  EXPECT_EQ(judged(s).state, State::Stop);
}

TEST(Judge, BesideTheCorridorIsOffCourse) {
  Situation s = good();
  s.course->lateral = -2.01;
  EXPECT_EQ(judged(s).state, State::OffCourse);
  EXPECT_EQ(judged(s).reason, Reason::Lateral);
  s = good();
  s.tipBesideCorridor = 2.5;
  EXPECT_EQ(judged(s).reason, Reason::Lateral) << "its line is right, but it is not in the planned corridor";
}

TEST(Judge, LateralHysteresisKeepsWhatIsShown) {
  Situation s = good();
  s.course->lateral = 1.8;  // between 80 and 100 % of the half width
  EXPECT_EQ(judged(s).state, State::Approach);
  EXPECT_EQ(judged(s, {State::OnCourse, Reason::None}).state, State::OnCourse);
  EXPECT_EQ(judged(s, {State::OffCourse, Reason::Lateral}).state, State::OffCourse);
  s.course->lateral = 1.6;
  EXPECT_EQ(judged(s, {State::OffCourse, Reason::Lateral}).state, State::OnCourse);
}

TEST(Judge, AngleHysteresisBetweenFourAndSevenDegrees) {
  Situation s = good();
  s.course->toTarget = s.course->toGo = 100;  // far away: the tolerance spans 1.1 degrees only
  s.corridorHalfWidth = 30;
  s.course->angleError = radians(3.9);
  EXPECT_EQ(judged(s).state, State::OnCourse);
  s.course->angleError = radians(-5.5);
  EXPECT_EQ(judged(s).state, State::Approach);
  EXPECT_EQ(judged(s, {State::OnCourse, Reason::None}).state, State::OnCourse);
  EXPECT_EQ(judged(s, {State::OffCourse, Reason::Angle}).state, State::OffCourse);
  s.course->angleError = radians(-7.1);
  EXPECT_EQ(judged(s, {State::OnCourse, Reason::None}).state, State::OffCourse);
  EXPECT_EQ(judged(s, {State::OnCourse, Reason::None}).reason, Reason::Angle);
}

TEST(Judge, CloseToTheTargetAnAngleThatStillHitsItIsNoError) {
  Situation s = good();
  s.course->toTarget = s.course->toGo = 5;
  s.course->angleError = radians(15);  // passes 1.3 mm from it
  s.course->lateral = 1.3;
  EXPECT_EQ(judged(s).state, State::OnCourse);
}

TEST(Judge, AtTheTargetWithinTheToleranceAndLeftWithRoom) {
  Situation s = good();
  s.course->toTarget = 2.0;
  s.course->toGo = 1.9;
  EXPECT_EQ(judged(s).state, State::AtTarget);
  s.course->toTarget = 2.4;
  EXPECT_NE(judged(s).state, State::AtTarget);
  EXPECT_EQ(judged(s, {State::AtTarget, Reason::None}).state, State::AtTarget);
  s.course->toTarget = 2.6;
  EXPECT_NE(judged(s, {State::AtTarget, Reason::None}).state, State::AtTarget);
}

TEST(Judge, WhileAimingAMisalignedBladeIsApproachAndTheReasonStays) {
  Situation s = good();
  s.tipDepthMm = 2.9;
  s.course->lateral = 5;
  EXPECT_EQ(judged(s).state, State::Approach);
  EXPECT_EQ(judged(s).reason, Reason::Lateral);
  s.tipDepthMm = 3.1;
  EXPECT_EQ(judged(s).state, State::OffCourse);
}

TEST(Judge, StopsForDangerDepthAndPastTheTargetEvenWhenOnlyPredicted) {
  for (const NeedleState needle : {NeedleState::Observed, NeedleState::Predicted}) {
    Situation s = good();
    s.needle = needle;
    s.dangerClearanceMm = -0.01;
    EXPECT_EQ(judged(s).state, State::Stop);
    EXPECT_EQ(judged(s).reason, Reason::DangerClose);
    s = good();
    s.needle = needle;
    s.maximumDepthMm = 9.9;
    EXPECT_EQ(judged(s).reason, Reason::TooDeep);
    s = good();
    s.needle = needle;
    s.course->toGo = -2.1;
    s.course->toTarget = 2.1;
    EXPECT_EQ(judged(s).reason, Reason::PastTarget);
  }
}

TEST(Judge, DangerOutranksArrival) {
  Situation s = good();
  s.course->toTarget = s.course->toGo = 0;
  s.dangerClearanceMm = -0.5;
  EXPECT_EQ(judged(s).state, State::Stop);
}

TEST(Judge, AStopEndsOnlyWithRoom) {
  Situation s = good();
  const Verdict danger{State::Stop, Reason::DangerClose}, deep{State::Stop, Reason::TooDeep};
  s.dangerClearanceMm = 0.2;
  EXPECT_EQ(judged(s, danger).state, State::Stop);
  EXPECT_EQ(judged(s).state, State::OnCourse);
  s.dangerClearanceMm = 0.31;
  EXPECT_EQ(judged(s, danger).state, State::OnCourse);
  s.maximumDepthMm = 10.2;
  EXPECT_EQ(judged(s, deep).state, State::Stop);
  s.maximumDepthMm = 10.31;
  EXPECT_EQ(judged(s, deep).state, State::OnCourse);
}

// The tip is known to an interval only.

TipEnd endOf(const Situation& s, double ahead) {
  TipEnd end;
  end.toGo = s.course->toGo - ahead;
  end.toTarget = std::abs(end.toGo);
  end.tipDepthMm = *s.tipDepthMm + ahead;
  return end;
}

TEST(JudgeTip, AClaimHoldsForTheFarEndToo) {
  Situation s = good();
  s.far = endOf(s, 15);
  EXPECT_EQ(judged(s).state, State::OnCourse);
  s.maximumDepthMm = 20;
  EXPECT_EQ(judged(s).state, State::Approach) << "it may be 25 mm deep";
  EXPECT_EQ(judged(s).reason, Reason::TipUnsure);
  s.maximumDepthMm.reset();
  s.far->dangerClearanceMm = -0.1;
  s.dangerClearanceMm = 5;
  EXPECT_EQ(judged(s, {State::OnCourse, Reason::None}).reason, Reason::TipUnsure);
  s.far = endOf(s, 23);
  EXPECT_EQ(judged(s).reason, Reason::TipUnsure) << "it may be past the target";
  s.far = endOf(s, 15);
  s.far->possibleClearance = -0.1;
  EXPECT_EQ(judged(s).reason, Reason::PossibleDanger);
}

TEST(JudgeTip, AnUnsureTipAloneStopsNothing) {
  Situation s = good();
  s.maximumDepthMm = 20;
  s.far = endOf(s, 15);
  EXPECT_NE(judged(s).state, State::Stop);
  s.stop = endOf(s, 10.1);
  EXPECT_EQ(judged(s).reason, Reason::TooDeep) << "but the tip that Stop goes by does";
}

TEST(JudgeTip, ArrivalIsClaimedOnlyWhereBothEndsAreAtTheTarget) {
  Situation s = good();
  s.course->toTarget = s.course->toGo = 0.5;
  s.far = endOf(s, 1);
  s.near = endOf(s, -1);
  EXPECT_EQ(judged(s).state, State::AtTarget);
  s.near = endOf(s, -6);
  EXPECT_EQ(judged(s).state, State::OnCourse) << "it may be 6 mm short of it";
}

TEST(JudgeTip, AStopOfItsPlaceEndsOnEvidenceOnly) {
  for (const Reason reason : {Reason::DangerClose, Reason::TooDeep, Reason::PastTarget}) {
    const Verdict stop{State::Stop, reason};
    Situation s = good();
    s.maximumDepthMm = 20;
    s.dangerClearanceMm = 5;
    EXPECT_EQ(judged(s, stop).state, State::OnCourse) << "seen, and clear";
    s.far = endOf(s, 23);
    s.far->dangerClearanceMm = -1;
    EXPECT_EQ(judged(s, stop).state, State::Stop) << "its likeliest tip alone is clear";
    EXPECT_EQ(judged(s, stop).reason, reason);
    s.far.reset();
    s.needle = NeedleState::Predicted;
    EXPECT_EQ(judged(s, stop).state, State::Stop) << "not seen";
    s.needle = NeedleState::None;
    EXPECT_EQ(judged(s, stop).state, State::Stop) << "lost is not withdrawn";
  }
}

// What may show when

class Shown {
 public:
  State after(double seconds, State raw, Reason reason = Reason::None) {
    return settler_.settle({raw, reason}, seconds).state;
  }
  State held(double seconds, State raw) {
    State state = settler_.shown().state;
    for (double t = 0; t < seconds - 1e-9; t += 0.01) state = after(0.01, raw);
    return state;
  }

 private:
  Settler settler_{0.2};
};

TEST(Settler, AClaimMustHoldBeforeItShows) {
  Shown shown;
  EXPECT_EQ(shown.after(0, State::OnCourse), State::Approach);
  EXPECT_EQ(shown.held(0.19, State::OnCourse), State::Approach);
  EXPECT_EQ(shown.held(0.02, State::OnCourse), State::OnCourse);
}

TEST(Settler, AnInterruptedClaimStartsAnew) {
  Shown shown;
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(shown.held(0.15, State::OnCourse), State::Approach);
    EXPECT_EQ(shown.after(0.01, State::Approach), State::Approach);
  }
}

TEST(Settler, AClaimEndsInTheVeryFrame) {
  for (const State raw : {State::Approach, State::NoNeedle, State::OffCourse, State::Stop}) {
    Shown shown;
    ASSERT_EQ(shown.held(0.3, State::OnCourse), State::OnCourse);
    EXPECT_EQ(shown.after(0.01, raw), raw);
  }
}

TEST(Settler, ArrivalAndDepartureShowAtOnceOnAJudgedCourse) {
  Shown shown;
  shown.held(0.3, State::OnCourse);
  EXPECT_EQ(shown.after(0.01, State::AtTarget), State::AtTarget);
  EXPECT_EQ(shown.after(0.01, State::OnCourse), State::OnCourse);
  EXPECT_EQ(shown.after(0.01, State::OffCourse), State::OffCourse);
  EXPECT_EQ(shown.after(0.01, State::AtTarget), State::AtTarget);
}

TEST(Settler, OffCourseHoldsAgainstMilderStates) {
  Shown shown;
  shown.after(0, State::OffCourse);
  EXPECT_EQ(shown.held(0.19, State::Approach), State::OffCourse);
  EXPECT_EQ(shown.held(0.02, State::Approach), State::Approach);
}

TEST(Settler, FromOffCourseToOnCourseWithoutAFlashBetween) {
  Shown shown;
  shown.after(0, State::OffCourse);
  State last = State::OffCourse;
  for (int i = 0; i < 60; ++i) {
    const State state = shown.after(0.01, State::OnCourse);
    EXPECT_TRUE(state == last || (last == State::OffCourse && state == State::OnCourse)) << i;
    last = state;
  }
  EXPECT_EQ(last, State::OnCourse);
}

TEST(Settler, StopShowsAtOnceAndLeavesOnlyWhenTheRestHasHeld) {
  Shown shown;
  shown.held(0.3, State::OnCourse);
  EXPECT_EQ(shown.after(0.001, State::Stop, Reason::DangerClose), State::Stop);
  EXPECT_EQ(shown.held(0.18, State::OnCourse), State::Stop);
  EXPECT_EQ(shown.after(0.01, State::Stop), State::Stop);
  EXPECT_EQ(shown.held(0.18, State::NoNeedle), State::Stop)
      << "not seeing the needle does not end it at once";
  EXPECT_EQ(shown.held(0.03, State::NoNeedle), State::NoNeedle);
}

TEST(Settler, TheReasonFollowsTheStateThatShows) {
  Settler settler(0.2);
  settler.settle({State::OffCourse, Reason::Angle}, 0);
  EXPECT_EQ(settler.settle({State::Approach, Reason::NoTarget}, 0.05).reason, Reason::Angle);
  EXPECT_EQ(settler.settle({State::OffCourse, Reason::Lateral}, 0.05).reason, Reason::Lateral);
}

TEST(Settler, WithoutHoldEveryFrameSpeaksForItself) {
  Settler settler(0);
  for (const State raw : {State::OnCourse, State::Approach, State::Stop, State::NoNeedle, State::AtTarget})
    EXPECT_EQ(settler.settle({raw, Reason::None}, 0).state, raw);
}

}  // namespace
}  // namespace acuguide::guidance
