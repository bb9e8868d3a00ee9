#include "core/units.h"
#include "guidance/guidance_scene.h"
#include "guidance/procedure.h"

#include <gtest/gtest.h>

namespace acuguide::guidance {
namespace {

using Eigen::Vector2d;

/// A square possible zone round a place in the scene, 0.1 mm a pixel.
tracking::PossibleZone possibleAt(double xPx, double yPx, double halfPx = 10) {
  tracking::PossibleZone zone;
  zone.id = 7;
  zone.kind = imaging::StructureKind::Nerve;
  zone.outlinePx = {{xPx - halfPx, yPx - halfPx},
                    {xPx + halfPx, yPx - halfPx},
                    {xPx + halfPx, yPx + halfPx},
                    {xPx - halfPx, yPx + halfPx}};
  return zone;
}

Guidance guided(const Scene& scene, const tracking::NeedleTrack& needle,
                std::vector<tracking::PossibleZone> possible) {
  GuidanceRule rule = scene.rule();
  return rule.process(scene.geometry, scene.analysis, needle, std::nullopt, possible);
}

/// Upright over the target, 8 mm above it: on course.
const tracking::NeedleTrack onCourse = needleBetween({200, 40}, {200, 120});

TEST(PossibleDanger, TakesTheClaimAwayInsideItsMarginAndStopsNothing) {
  const Scene scene;
  ASSERT_EQ(guided(scene, onCourse, {}).state, GuidanceState::OnCourse);
  const Guidance g = guided(scene, onCourse, {possibleAt(230, 130)});
  EXPECT_EQ(g.state, GuidanceState::Approach);
  EXPECT_EQ(g.reason, GuidanceReason::PossibleDanger);
  ASSERT_TRUE(g.nearestPossible);
  EXPECT_EQ(g.nearestPossible->id, 7u);
  EXPECT_TRUE(g.nearestPossible->insideMargin);
  EXPECT_NEAR(*g.nearestPossible->distance.mm, 1.6, 1e-9) << "2 mm less half of the blade's 0.8 mm";
  ASSERT_EQ(g.hints.size(), 1u);
  EXPECT_EQ(g.hints[0].hint, Hint::Hold);
  EXPECT_FALSE(g.nearestDanger) << "it is none of the plan's";
}

TEST(PossibleDanger, BeyondItsMarginItIsOnlyToldOf) {
  const Scene scene;
  const Guidance g = guided(scene, onCourse, {possibleAt(260, 130), possibleAt(300, 130)});
  EXPECT_EQ(g.state, GuidanceState::OnCourse);
  ASSERT_TRUE(g.nearestPossible);
  EXPECT_FALSE(g.nearestPossible->insideMargin);
  EXPECT_NEAR(*g.nearestPossible->distance.mm, 4.6, 1e-9) << "the nearer of the two";
}

TEST(PossibleDanger, AtTheTargetNoArrivalIsClaimedEither) {
  const Scene scene;
  const auto there = needleBetween({200, 40}, {200, 195});
  ASSERT_EQ(guided(scene, there, {}).state, GuidanceState::AtTarget);
  EXPECT_EQ(guided(scene, there, {possibleAt(200, 200)}).state, GuidanceState::Approach);
}

TEST(PossibleDanger, OffCourseAndStopStayWhatTheyAre) {
  Scene scene;
  const auto beside = needleBetween({300, 40}, {300, 120});
  ASSERT_EQ(guided(scene, beside, {}).state, GuidanceState::OffCourse);
  EXPECT_EQ(guided(scene, beside, {possibleAt(300, 120)}).state, GuidanceState::OffCourse);
  scene.plan.maximumDepthMm = 10;
  const Guidance g = guided(scene, onCourse, {possibleAt(200, 120)});
  EXPECT_EQ(g.state, GuidanceState::Stop);
  EXPECT_EQ(g.reason, GuidanceReason::TooDeep);
}

TEST(PossibleDanger, ThePlansOwnZoneSpeaksForWhatItCovers) {
  Scene scene;
  planning::DangerZone nerve;
  nerve.name = "median nerve";
  nerve.kind = planning::DangerKind::Nerve;
  nerve.shape = planning::Ellipse{{6, 13}, 2, 2, 0};
  scene.plan.dangers.push_back(nerve);
  const Guidance g = guided(scene, onCourse, {possibleAt(260, 130)});
  EXPECT_FALSE(g.nearestPossible);
  EXPECT_TRUE(coveredByPlan(possibleAt(260, 130), g));
  EXPECT_FALSE(coveredByPlan(possibleAt(230, 130), g));
  ASSERT_TRUE(g.nearestDanger);
  EXPECT_EQ(g.nearestDanger->name, "median nerve");
}

TEST(PossibleDanger, LeavesItsMarginWithALittleRoom) {
  const Scene scene;
  GuidanceRule rule = scene.rule();
  const auto at = [&](double x, double time) {
    return rule
        .process(scene.geometry, scene.analysis, needleBetween({200, 40}, {200, 120}, time), std::nullopt,
                 std::vector{possibleAt(x, 120)})
        .state;
  };
  EXPECT_EQ(at(235.5, 0.0), GuidanceState::OnCourse);  // 0.15 mm beyond the margin
  EXPECT_EQ(at(233, 0.1), GuidanceState::Approach);
  EXPECT_EQ(at(235.5, 0.2), GuidanceState::Approach);
  EXPECT_EQ(at(238, 0.3), GuidanceState::OnCourse);
}

TEST(PossibleDanger, WithoutAScaleATouchIsEnough) {
  Scene scene;
  scene.geometry.spacingMm.reset();
  scene.plan.target = planning::TargetAtPixel{{200, 200}};
  ASSERT_EQ(guided(scene, onCourse, {}).state, GuidanceState::OnCourse);
  EXPECT_EQ(guided(scene, onCourse, {possibleAt(215, 120)}).state, GuidanceState::OnCourse);
  const Guidance g = guided(scene, onCourse, {possibleAt(205, 120)});
  EXPECT_EQ(g.state, GuidanceState::Approach);
  EXPECT_FALSE(g.nearestPossible->distance.mm);
}

TEST(PossibleDanger, TheStepGoesBackToAligning) {
  const Scene scene;
  Procedure procedure(3);
  const auto step = [&](double time, std::vector<tracking::PossibleZone> possible) {
    auto needle = onCourse;
    needle.time = time;
    return procedure.process(guided(scene, needle, std::move(possible)), needle, {}).step;
  };
  EXPECT_EQ(step(0.0, {}), Step::Advance);
  EXPECT_EQ(step(0.03, {possibleAt(215, 120)}), Step::Align);
}

TEST(PossibleDanger, AnAmendedPlanStopsAtItsNewZoneAndForgetsNothing) {
  Scene scene;
  scene.options.holdSeconds = 0.2;
  GuidanceRule rule = scene.rule();
  const auto at = [&](double time) {
    auto needle = onCourse;
    needle.time = time;
    return rule.process(scene.geometry, scene.analysis, needle);
  };
  for (double time = 0; time < 0.5; time += 0.1) at(time);
  ASSERT_EQ(at(0.5).state, GuidanceState::OnCourse);
  planning::DangerZone nerve;
  nerve.name = "nerve";
  nerve.shape = planning::Ellipse{{12, 13}, 1, 1, 0};
  scene.plan.dangers = {nerve};
  rule.amend(std::make_shared<const planning::Plan>(scene.plan));
  EXPECT_EQ(at(0.53).state, GuidanceState::OnCourse) << "a new rule would have to wait for its claim";
  std::get<planning::Ellipse>(scene.plan.dangers[0].shape).centre.lateralMm = 1;
  rule.amend(std::make_shared<const planning::Plan>(scene.plan));
  const Guidance g = at(0.56);
  EXPECT_EQ(g.state, GuidanceState::Stop);
  EXPECT_EQ(g.dangerOutlinesPx.size(), 1u);
}

}  // namespace
}  // namespace acuguide::guidance
