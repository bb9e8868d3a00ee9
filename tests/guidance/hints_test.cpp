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
      EXPECT_NEAR(Scene().guide(needleBetween(moved - 80 * d, moved)).lateralError->px, 0, 1e-6);
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
  ASSERT_EQ(g.hints.size(), 2u);
  EXPECT_EQ(g.hints[0].hint, Hint::Hold);
  EXPECT_EQ(g.hints[1].hint, Hint::Withdraw);
  EXPECT_NEAR(g.hints[1].mm.value(), 2, 1e-9) << "1 mm of depth at 30 degrees";
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
  ASSERT_EQ(ahead.hints.size(), 2u);
  EXPECT_EQ(ahead.hints[0].hint, Hint::Hold);
  EXPECT_NEAR(ahead.hints[1].mm.value(), 1.5, 1e-9) << "1.4 mm are needed, in steps of half a millimetre";

  scene.plan.dangers[0].shape =
      planning::Polygon{{{1, 0}, {5, 0}, {5, 25}, {1, 25}}};  // along all of the shaft
  const Guidance beside = scene.guide(needleBetween({200, 40}, {200, 130}));
  ASSERT_EQ(beside.reason, GuidanceReason::DangerClose);
  ASSERT_EQ(beside.hints.size(), 1u) << "withdrawing does not help";
  EXPECT_EQ(beside.hints[0].hint, Hint::Hold);
}

TEST(Hints, WithoutTargetOrScaleNothingIsAdvised) {
  Scene scene;
  scene.geometry.spacingMm.reset();
  EXPECT_TRUE(scene.guide(needleBetween({100, 100}, {150, 150})).hints.empty());
  EXPECT_TRUE(Scene().guide({}).hints.empty());
}

}  // namespace
}  // namespace acuguide::guidance
