#include "guidance/procedure.h"

#include "guidance/guidance_scene.h"

#include <gtest/gtest.h>

namespace acuguide::guidance {

inline void PrintTo(Step step, std::ostream* out) { *out << nameOf(step); }
inline void PrintTo(StopCause cause, std::ostream* out) { *out << nameOf(cause); }

namespace {

using tracking::NeedleState;

/// One insertion, frame by frame at 30 a second.
class ProcedureTest : public testing::Test {
 protected:
  static Guidance guided(GuidanceState state, double leftMm, double tipDepthMm = 15) {
    Guidance guidance;
    guidance.state = state;
    guidance.target = TargetInPicture{};
    guidance.tipToTarget = ImageLength{10 * std::abs(leftMm), std::abs(leftMm)};
    guidance.alongToTarget = ImageLength{10 * leftMm, leftMm};
    guidance.tipDepth = ImageLength{10 * tipDepthMm, tipDepthMm};
    return guidance;
  }
  static Guidance stopped(GuidanceReason reason) {
    Guidance guidance = guided(GuidanceState::Stop, 8);
    guidance.reason = reason;
    return guidance;
  }
  ProcedureState frame(const Guidance& guidance, NeedleState seen = NeedleState::Observed) {
    tracking::NeedleTrack needle;
    needle.state = seen;
    needle.time = time_ += 1.0 / 30;
    return procedure_.process(guidance, needle, ready_);
  }
  Step step(GuidanceState state, double leftMm, double tipDepthMm = 15) {
    return frame(guided(state, leftMm, tipDepthMm)).step;
  }
  ProcedureState unseenFor(double seconds) {
    ProcedureState last;
    for (double t = 0; t < seconds - 1e-9; t += 1.0 / 30)
      last = frame(guided(GuidanceState::Approach, 8), NeedleState::Predicted);
    return last;
  }

  Procedure procedure_{3};
  Readiness ready_;
  double time_ = 0;
};

TEST_F(ProcedureTest, GoesThroughTheStepsInOrder) {
  ready_ = {true, false, false};
  EXPECT_EQ(step(GuidanceState::OnCourse, 12), Step::Checklist);
  ready_.checklistPassed = true;
  EXPECT_EQ(step(GuidanceState::OnCourse, 12), Step::ConfirmPoint);
  ready_.pointConfirmed = true;
  EXPECT_EQ(step(GuidanceState::Approach, 12), Step::Align);
  EXPECT_EQ(step(GuidanceState::OnCourse, 12, 1.0), Step::Align) << "still being aimed";
  EXPECT_EQ(step(GuidanceState::OnCourse, 12), Step::Advance);
  EXPECT_EQ(step(GuidanceState::OffCourse, 10), Step::Align);
  EXPECT_EQ(step(GuidanceState::OnCourse, 5.1), Step::Advance);
  EXPECT_EQ(step(GuidanceState::OnCourse, 5.0), Step::Approach) << "the last 5 mm";
  EXPECT_EQ(step(GuidanceState::AtTarget, 1.0), Step::AtPlane);
}

TEST_F(ProcedureTest, StopsAtOnceForDangerDepthAndPassing) {
  EXPECT_EQ(step(GuidanceState::OnCourse, 8), Step::Advance);
  EXPECT_EQ(frame(stopped(GuidanceReason::DangerClose)).cause, StopCause::DangerClose);
  EXPECT_EQ(frame(stopped(GuidanceReason::TooDeep)).cause, StopCause::TooDeep);
  EXPECT_EQ(frame(stopped(GuidanceReason::PastTarget)).cause, StopCause::PastTarget);
  EXPECT_EQ(frame(stopped(GuidanceReason::PastTarget)).step, Step::Stop);
  ready_ = {true, false, false};
  EXPECT_EQ(frame(stopped(GuidanceReason::DangerClose)).step, Step::Stop) << "whatever has been asked";
}

TEST_F(ProcedureTest, StopsWhenTheNeedleIsLostWhileAdvancing) {
  EXPECT_EQ(step(GuidanceState::OnCourse, 8), Step::Advance);
  EXPECT_EQ(unseenFor(0.15).step, Step::Advance) << "a blink";
  EXPECT_EQ(unseenFor(0.10).step, Step::Stop);
  EXPECT_EQ(unseenFor(0.10).cause, StopCause::NeedleLost);
  EXPECT_EQ(unseenFor(3.0).cause, StopCause::NeedleLost) << "until it is seen again";
  EXPECT_EQ(step(GuidanceState::Approach, 8), Step::Align);
}

TEST_F(ProcedureTest, ANeedleThatIsNotInTissueMayGoUnseen) {
  EXPECT_EQ(step(GuidanceState::Approach, 20, 1), Step::Align);
  EXPECT_EQ(unseenFor(1.0).step, Step::Align);
}

TEST_F(ProcedureTest, ATargetThatLeftItsTissueHasToBeConfirmedAgain) {
  Guidance guidance = guided(GuidanceState::Approach, 8);
  guidance.reason = GuidanceReason::TargetUnsure;
  guidance.target->sure = false;
  EXPECT_EQ(frame(guidance).step, Step::ConfirmPoint);
}

// domain.md: "3–5 strokes a point"; the plan says how many, and no more are made.
TEST_F(ProcedureTest, CountsStrokesAtThePlaneAndStopsAfterAsManyAsPlanned) {
  EXPECT_EQ(frame(guided(GuidanceState::AtTarget, 0)).strokes, 0);
  for (int stroke = 1; stroke <= 3; ++stroke) {
    EXPECT_EQ(frame(guided(GuidanceState::AtTarget, 0.2)).strokes, stroke - 1);
    EXPECT_EQ(frame(guided(GuidanceState::AtTarget, -0.8)).strokes, stroke - 1) << "pierced";
    EXPECT_EQ(frame(guided(GuidanceState::OnCourse, 2.5)).strokes, stroke) << "drawn back";
    EXPECT_EQ(frame(guided(GuidanceState::OnCourse, 3.5)).strokes, stroke);
  }
  const ProcedureState done = frame(guided(GuidanceState::AtTarget, 0));
  EXPECT_EQ(done.step, Step::Stop);
  EXPECT_EQ(done.cause, StopCause::StrokesDone);
  EXPECT_EQ(done.strokesPlanned, 3);
  procedure_.reset();
  EXPECT_EQ(step(GuidanceState::AtTarget, 0), Step::AtPlane) << "the next insertion";
}

// A tip estimate that runs back along a shaft that stands still leaves the far end where it was.
TEST_F(ProcedureTest, ATipThatMayStillBeThereIsNotDrawnBack) {
  EXPECT_EQ(frame(guided(GuidanceState::AtTarget, 0)).strokes, 0);
  Guidance back = guided(GuidanceState::OnCourse, 3.0);
  back.farAlongToTarget = ImageLength{0.0, 0.0};
  EXPECT_EQ(frame(back).strokes, 0);
  back.farAlongToTarget = ImageLength{20.0, 2.0};
  EXPECT_EQ(frame(back).strokes, 1);
}

TEST_F(ProcedureTest, TremorIsNoStroke) {
  for (int i = 0; i < 100; ++i) {
    const ProcedureState state = frame(guided(GuidanceState::AtTarget, i % 2 ? 0.7 : -0.7));
    EXPECT_EQ(state.strokes, 0);
    EXPECT_EQ(state.step, Step::AtPlane);
  }
}

TEST_F(ProcedureTest, WithoutAScaleNoStrokesAreClaimed) {
  Guidance guidance = guided(GuidanceState::AtTarget, 0);
  guidance.alongToTarget->mm.reset();
  EXPECT_FALSE(frame(guidance).strokes);
}

TEST_F(ProcedureTest, ResetBeginsAnew) {
  EXPECT_EQ(step(GuidanceState::OnCourse, 8), Step::Advance);
  procedure_.reset();
  EXPECT_EQ(unseenFor(0.5).step, Step::Align) << "what was before does not stop what comes after";
}

TEST(WithholdClaims, NoCourseIsCalledGoodBeforeChecklistAndPoint) {
  for (const GuidanceState claim : {GuidanceState::OnCourse, GuidanceState::AtTarget}) {
    Guidance guidance;
    guidance.state = claim;
    withholdClaims({Step::Checklist, {}, {}, 3, true}, guidance);
    EXPECT_EQ(guidance.state, GuidanceState::Approach);
    EXPECT_EQ(guidance.reason, GuidanceReason::ChecklistOpen);
    guidance = {};
    guidance.state = claim;
    withholdClaims({Step::ConfirmPoint, {}, {}, 3, true}, guidance);
    EXPECT_EQ(guidance.reason, GuidanceReason::PointNotConfirmed);
    EXPECT_EQ(guidance.state, GuidanceState::Approach);
    guidance = {};
    guidance.state = claim;
    withholdClaims({Step::Advance, {}, {}, 3, true}, guidance);
    EXPECT_EQ(guidance.state, claim);
  }
  Guidance stop;
  stop.state = GuidanceState::Stop;
  stop.reason = GuidanceReason::DangerClose;
  stop.hints = {{Hint::Withdraw, 12, 1.2}};
  withholdClaims({Step::Checklist, {}, {}, 3, true}, stop);
  EXPECT_EQ(stop.state, GuidanceState::Stop);
  EXPECT_EQ(stop.hints.size(), 1u) << "the way out is said whatever else is open";
}

TEST(WithholdClaims, AnOpenStepIsTheOneOrder) {
  for (const Step step : {Step::Checklist, Step::ConfirmPoint}) {
    for (const GuidanceState state : {GuidanceState::Approach, GuidanceState::OnCourse,
                                      GuidanceState::OffCourse, GuidanceState::AtTarget}) {
      Guidance guidance;
      guidance.state = state;
      guidance.reason = state == GuidanceState::OffCourse ? GuidanceReason::Lateral : GuidanceReason::None;
      guidance.hints = {{Hint::Steeper, 0.1, {}}, {Hint::Advance, 94, 9.4}};
      withholdClaims({step, {}, {}, 3, true}, guidance);
      EXPECT_TRUE(guidance.hints.empty()) << nameOf(state);
      EXPECT_EQ(guidance.reason,
                step == Step::Checklist ? GuidanceReason::ChecklistOpen : GuidanceReason::PointNotConfirmed);
    }
  }
  Guidance possible;
  possible.state = GuidanceState::Approach;
  possible.reason = GuidanceReason::PossibleDanger;
  possible.hints = {{Hint::Hold, 0, {}}};
  withholdClaims({Step::Checklist, {}, {}, 3, true}, possible);
  EXPECT_EQ(possible.reason, GuidanceReason::PossibleDanger) << "what has to be looked at stays said";
  EXPECT_EQ(possible.hints.at(0).hint, Hint::Hold);
}

TEST(WithholdClaims, AStopOfTheProcedureSaysItsWayOutAndNothingElse) {
  Guidance arrived;
  arrived.state = GuidanceState::AtTarget;
  arrived.hints = {{Hint::Hold, 0, {}}};
  withholdClaims({Step::Stop, StopCause::StrokesDone, 3, 3, true}, arrived);
  ASSERT_EQ(arrived.hints.size(), 1u);
  EXPECT_EQ(arrived.hints[0].hint, Hint::Withdraw);
  Guidance lost;
  lost.hints = {{Hint::Advance, 10, 1.0}};
  withholdClaims({Step::Stop, StopCause::NeedleLost, {}, 3, true}, lost);
  ASSERT_EQ(lost.hints.size(), 1u);
  EXPECT_EQ(lost.hints[0].hint, Hint::Hold);
}

}  // namespace
}  // namespace acuguide::guidance
