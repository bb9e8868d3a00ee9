#include "guidance/hints.h"

#include "guidance/guidance_scene.h"

#include <gtest/gtest.h>

namespace acuguide::guidance {
namespace {

using Eigen::Vector2d;

const HintAmount* find(const Guidance& guidance, Hint hint) {
  for (const HintAmount& h : guidance.hints) {
    if (h.hint == hint) return &h;
  }
  return nullptr;
}

TEST(Hints, OnCourseAdvancesByWhatIsLeft) {
  const Guidance g = Scene().guide(needleBetween({100, 100}, {150, 150}));
  ASSERT_EQ(g.state, GuidanceState::OnCourse);
  ASSERT_FALSE(g.hints.empty());
  EXPECT_EQ(g.hints[0].hint, Hint::Advance);
  EXPECT_NEAR(g.hints[0].mm.value(), 5 * std::sqrt(2), 1e-9);
  EXPECT_NEAR(g.hints[0].amount, 50 * std::sqrt(2), 1e-9);
}

// From the left at 60 degrees, tip 10 mm left of and 10 mm above the target: the line there is 45 degrees.
TEST(Hints, TooSteepFromTheLeftTurnsShallowerOrMovesRight) {
  const Vector2d tip(100, 100);
  const Guidance g = Scene().guide(needleBetween(tip - 80 * Vector2d(0.5, std::sqrt(3) / 2), tip));
  ASSERT_EQ(g.state, GuidanceState::OffCourse);
  ASSERT_TRUE(find(g, Hint::Shallower));
  EXPECT_NEAR(degrees(find(g, Hint::Shallower)->amount), 15, 1e-6);
  ASSERT_TRUE(find(g, Hint::MoveRight)) << "the line passes to the left of the target";
  // Shifted along the face until the line meets the target: 10 - 10 / tan 60.
  EXPECT_NEAR(find(g, Hint::MoveRight)->mm.value(), 10 - 10 / std::sqrt(3), 1e-6);
  EXPECT_LT(g.lateralError->mm.value(), 0);
  EXPECT_FALSE(find(g, Hint::Advance)) << "not while it is off course";
}

TEST(Hints, MirroredFromTheRight) {
  const Vector2d tip(300, 100);
  const Guidance g = Scene().guide(needleBetween(tip - 80 * Vector2d(-0.5, std::sqrt(3) / 2), tip));
  ASSERT_TRUE(find(g, Hint::Shallower));
  ASSERT_TRUE(find(g, Hint::MoveLeft));
  EXPECT_NEAR(find(g, Hint::MoveLeft)->mm.value(), 10 - 10 / std::sqrt(3), 1e-6);
  EXPECT_GT(g.lateralError->mm.value(), 0);
}

// Each hint, obeyed alone, brings the line onto the target.
TEST(Hints, DoingWhatIsSaidMendsTheError) {
  for (const double angleDeg : {20.0, 35.0, 50.0, 70.0}) {
    for (const bool right : {true, false}) {
      const Vector2d d((right ? 1 : -1) * std::cos(radians(angleDeg)), std::sin(radians(angleDeg)));
      const Vector2d tip(right ? 110 : 290, 110);
      const Guidance g = Scene().guide(needleBetween(tip - 80 * d, tip));
      const HintAmount* move = find(g, Hint::MoveLeft);
      double shift = move ? -move->amount : 0;
      if (!move && (move = find(g, Hint::MoveRight))) shift = move->amount;
      const Vector2d moved = tip + Vector2d(shift, 0);
      EXPECT_EQ(move != nullptr, g.state != GuidanceState::OnCourse) << "on course one correction is enough";
      if (move != nullptr) {
        EXPECT_NEAR(Scene().guide(needleBetween(moved - 80 * d, moved)).lateralError->px, 0, 1e-6);
      }
      const HintAmount* turn = find(g, Hint::Steeper);
      double by = turn ? turn->amount : 0;
      if (!turn && (turn = find(g, Hint::Shallower))) by = -turn->amount;
      const double turned = radians(angleDeg) + by;
      const Vector2d t((right ? 1 : -1) * std::cos(turned), std::sin(turned));
      EXPECT_NEAR(Scene().guide(needleBetween(tip - 80 * t, tip)).lateralError->px, 0, 1e-6);
    }
  }
}

TEST(Hints, AnUprightBladeIsMovedNotTurned) {
  const Guidance g = Scene().guide(needleBetween({250, 40}, {250, 100}));
  ASSERT_EQ(g.state, GuidanceState::OffCourse);
  EXPECT_FALSE(find(g, Hint::Steeper));
  EXPECT_FALSE(find(g, Hint::Shallower));
  ASSERT_TRUE(find(g, Hint::MoveLeft));
  EXPECT_NEAR(find(g, Hint::MoveLeft)->mm.value(), 5, 1e-9);
}

TEST(Hints, AtTheTargetAndUnseenTheHandHolds) {
  const Guidance at = Scene().guide(needleBetween({100, 100}, {199, 199}));
  ASSERT_EQ(at.state, GuidanceState::AtTarget);
  ASSERT_EQ(at.hints.size(), 1u);
  EXPECT_EQ(at.hints[0].hint, Hint::Hold);
  auto needle = needleBetween({100, 100}, {150, 150});
  needle.state = tracking::NeedleState::Predicted;
  ASSERT_EQ(Scene().guide(needle).hints.size(), 1u);
  EXPECT_EQ(Scene().guide(needle).hints[0].hint, Hint::Hold);
}

TEST(Hints, PastTheTargetWithdrawsToIt) {
  const Guidance g = Scene().guide(needleBetween({100, 100}, {230, 230}));
  ASSERT_EQ(g.reason, GuidanceReason::PastTarget);
  ASSERT_EQ(g.hints.size(), 1u);
  EXPECT_EQ(g.hints[0].hint, Hint::Withdraw);
  EXPECT_NEAR(g.hints[0].mm.value(), 3 * std::sqrt(2), 1e-9);
}

TEST(Hints, TooDeepWithdrawsAlongTheBlade) {
  Scene scene;
  scene.plan.maximumDepthMm = 12;
  scene.plan.target = planning::TargetAtDepth{{0, 12}};
  const Vector2d d(std::cos(radians(30)), std::sin(radians(30)));
  const Vector2d tip(40, 130);
  const Guidance g = scene.guide(needleBetween(tip - 60 * d, tip));
  ASSERT_EQ(g.reason, GuidanceReason::TooDeep);
  ASSERT_EQ(g.hints.size(), 1u) << "one order at a time";
  EXPECT_EQ(g.hints[0].hint, Hint::Withdraw);
  EXPECT_NEAR(g.hints[0].mm.value(), 2, 1e-9) << "1 mm of depth at 30 degrees";
}

TEST(Hints, InADangersMarginWithdrawsUntilClearWhereThatHelps) {
  Scene scene;
  planning::DangerZone zone;
  zone.name = "nerve";
  zone.marginMm = 2;
  zone.shape = planning::Polygon{{{-5, 14}, {5, 14}, {5, 18}, {-5, 18}}};
  scene.plan.dangers = {zone};
  const Guidance ahead =
      scene.guide(needleBetween({200, 40}, {200, 130}));  // 1 mm above, less half the blade
  ASSERT_EQ(ahead.reason, GuidanceReason::DangerClose);
  ASSERT_EQ(ahead.hints.size(), 1u) << "one order at a time";
  EXPECT_EQ(ahead.hints[0].hint, Hint::Withdraw);
  EXPECT_NEAR(ahead.hints[0].mm.value(), 1.5, 1e-9) << "1.4 mm are needed, in steps of half a millimetre";

  scene.plan.dangers[0].shape =
      planning::Polygon{{{1, 0}, {5, 0}, {5, 25}, {1, 25}}};  // along all of the shaft
  const Guidance beside = scene.guide(needleBetween({200, 40}, {200, 130}));
  ASSERT_EQ(beside.reason, GuidanceReason::DangerClose);
  ASSERT_EQ(beside.hints.size(), 1u);
  EXPECT_EQ(beside.hints[0].hint, Hint::Withdraw);
  EXPECT_EQ(beside.hints[0].amount, 0) << "no distance helps: all the way";
}

// 24 mm away 2.5 degrees pass 1.0 mm beside the target, 3.5 degrees 1.5 mm: both within the corridor.
TEST(Hints, OnCourseNothingUnderThreeDegreesIsAskedFor) {
  const auto offBy = [](double angleDeg) {
    Scene scene;
    scene.options.onAngle = radians(7.0);
    const Vector2d target(200, 200), way(std::cos(radians(45 + angleDeg)), std::sin(radians(45 + angleDeg)));
    const Vector2d tip = target - 240 * Vector2d(std::cos(radians(45)), std::sin(radians(45)));
    return scene.guide(needleBetween(tip - 60 * way, tip));
  };
  const Guidance slight = offBy(2.5);
  ASSERT_EQ(slight.state, GuidanceState::OnCourse);
  ASSERT_EQ(slight.hints.size(), 1u);
  EXPECT_EQ(slight.hints[0].hint, Hint::Advance);
  const Guidance clear = offBy(3.5);
  ASSERT_EQ(clear.state, GuidanceState::OnCourse);
  ASSERT_EQ(clear.hints.size(), 2u);
  EXPECT_EQ(clear.hints[0].hint, Hint::Shallower);
}

Guidance asking(Hint hint, GuidanceState state = GuidanceState::OffCourse, double mm = 1.0) {
  Guidance guidance;
  guidance.state = state;
  guidance.hints = {{hint, 10 * mm, mm}};
  return guidance;
}

/// What a settler shows of hints at 30 frames a second.
class Settled {
 public:
  std::optional<Hint> show(Guidance guidance) {
    settler_.settle(guidance, time_ += 1.0 / 30);
    if (guidance.hints.empty()) return std::nullopt;
    amount_ = guidance.hints.front().mm.value_or(0);
    return guidance.hints.front().hint;
  }
  std::optional<Hint> showFor(double seconds, const Guidance& guidance) {
    std::optional<Hint> last;
    for (double t = 0; t < seconds - 1e-9; t += 1.0 / 30) last = show(guidance);
    return last;
  }
  double amount() const { return amount_; }

 private:
  HintSettler settler_;
  double time_ = 5.0, amount_ = 0.0;
};

TEST(HintSettler, ACorrectionChangesOnlyWhenAllAgreeForHalfASecond) {
  Settled settled;
  EXPECT_EQ(settled.show(asking(Hint::Steeper)), Hint::Steeper) << "nothing was said before: at once";
  EXPECT_EQ(settled.showFor(0.4, asking(Hint::MoveLeft)), Hint::Steeper);
  EXPECT_EQ(settled.showFor(0.2, asking(Hint::MoveLeft)), Hint::MoveLeft);
}

TEST(HintSettler, ARestingBladeWhoseHintsFlipIsToldOneThing) {
  Settled settled;
  Guidance both = asking(Hint::Steeper), turned = both;
  both.hints.push_back({Hint::MoveLeft, 10, 1.0});
  turned.hints.insert(turned.hints.begin(), HintAmount{Hint::MoveLeft, 10, 1.0});
  int changes = 0;
  std::optional<Hint> before;
  for (int frame = 0; frame < 300; ++frame) {
    const auto now = settled.show(frame / 7 % 2 == 0 ? both : turned);
    changes += frame > 0 && now != before;
    before = now;
  }
  EXPECT_EQ(changes, 0);
  EXPECT_EQ(before, Hint::Steeper);
}

TEST(HintSettler, OppositeHintsInTurnAreNotShownAtAll) {
  Settled settled;
  settled.show(asking(Hint::MoveLeft));
  int shown = 0;
  for (int frame = 0; frame < 300; ++frame)
    shown += settled.show(asking(frame / 6 % 2 == 0 ? Hint::MoveRight : Hint::MoveLeft)).has_value();
  EXPECT_EQ(shown, 0);
}

TEST(HintSettler, TheAmountFollowsAtOnce) {
  Settled settled;
  settled.show(asking(Hint::MoveLeft));
  settled.show(asking(Hint::MoveLeft, GuidanceState::OffCourse, 2.5));
  EXPECT_EQ(settled.amount(), 2.5);
}

TEST(HintSettler, WhatMustBeDoneIsSaidAtOnceAndAnEndedClaimAdvancesNoMore) {
  Settled settled;
  EXPECT_EQ(settled.showFor(1, asking(Hint::Advance, GuidanceState::OnCourse)), Hint::Advance);
  EXPECT_EQ(settled.show(asking(Hint::Withdraw, GuidanceState::Stop)), Hint::Withdraw);
  EXPECT_EQ(settled.show(asking(Hint::Steeper)), std::nullopt) << "the way out ends with the Stop";
  EXPECT_EQ(settled.showFor(1, asking(Hint::Advance, GuidanceState::OnCourse)), Hint::Advance);
  EXPECT_EQ(settled.show(asking(Hint::Steeper)), std::nullopt) << "not advance, and not yet steeper";
  EXPECT_EQ(settled.showFor(0.6, asking(Hint::Steeper)), Hint::Steeper);
  EXPECT_EQ(settled.show(asking(Hint::Hold, GuidanceState::Approach)), Hint::Hold);
  EXPECT_EQ(settled.show(Guidance{}), std::nullopt) << "no needle, no hint";
}

TEST(HintSettler, AJumpInTimeBeginsAnew) {
  HintSettler settler;
  Guidance left = asking(Hint::MoveLeft), turn = asking(Hint::Steeper), again = asking(Hint::MoveLeft);
  settler.settle(left, 10.0);
  settler.settle(turn, 3.0);
  EXPECT_EQ(turn.hints.at(0).hint, Hint::Steeper);
  settler.settle(again, 3.1);
  EXPECT_EQ(again.hints.at(0).hint, Hint::Steeper);
}

TEST(Hints, WithoutTargetOrScaleNothingIsAdvised) {
  Scene scene;
  scene.geometry.spacingMm.reset();
  EXPECT_TRUE(scene.guide(needleBetween({100, 100}, {150, 150})).hints.empty());
  EXPECT_TRUE(Scene().guide({}).hints.empty());
}

}  // namespace
}  // namespace acuguide::guidance
