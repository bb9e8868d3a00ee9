#include "guidance/guidance_scene.h"

#include <gtest/gtest.h>

#include <limits>

namespace acuguide::guidance {
namespace {

using Eigen::Vector2d;
using State = GuidanceState;
using Reason = GuidanceReason;
using tracking::NeedleState;

planning::DangerZone nerveAt(double lateralMm, double depthMm, double radiusMm = 2, double marginMm = 2) {
  planning::DangerZone zone;
  zone.name = "nerve";
  zone.kind = planning::DangerKind::Nerve;
  zone.shape = planning::Ellipse{{lateralMm, depthMm}, radiusMm, radiusMm, 0};
  zone.marginMm = marginMm;
  return zone;
}

// Numbers

TEST(Guidance, NumbersByHand) {
  // 0.1 mm a pixel. The tip is 6 mm left of and 8 mm above the target; the needle comes straight down.
  const Guidance g = Scene().guide(needleBetween({140, 40}, {140, 120}));
  EXPECT_NEAR(g.tipToTarget->mm.value(), 10, 1e-9);
  EXPECT_NEAR(g.tipToTarget->px, 100, 1e-9);
  EXPECT_NEAR(g.lateralError->mm.value(), -6, 1e-9) << "its line passes to the left";
  EXPECT_NEAR(degrees(g.angleError.value()), 90 - degrees(std::atan2(8, 6)), 1e-9) << "too steep";
  EXPECT_NEAR(g.tipDepth->mm.value(), 12, 1e-9);
  EXPECT_TRUE(g.target->px.isApprox(Vector2d(200, 200)));
  EXPECT_NEAR(g.target->depthMm.value(), 20, 1e-9);
  EXPECT_EQ(g.target->source, "depth");
  EXPECT_EQ(g.state, State::OffCourse);
}

TEST(Guidance, PixelsThatAreNotSquareAreMeasuredInMillimetres) {
  Scene scene;
  scene.geometry.spacingMm = Vector2d(0.2, 0.1);
  // Tip at (-12, 10) mm, target at (0, 20) mm; the needle's slope in pixels is 1, in millimetres 1/2.
  const Guidance g = scene.guide(needleBetween({100, 60}, {140, 100}));
  EXPECT_NEAR(g.tipToTarget->mm.value(), std::hypot(12, 10), 1e-9);
  EXPECT_NEAR(g.tipToTarget->px, std::hypot(60, 100), 1e-9);
  const double needle = std::atan2(1, 2), wanted = std::atan2(10, 12);
  EXPECT_NEAR(g.angleError.value(), needle - wanted, 1e-9);
  EXPECT_NEAR(std::abs(g.lateralError->mm.value()), std::hypot(12, 10) * std::sin(wanted - needle), 1e-9);
  EXPECT_GT(g.lateralError->mm.value(), 0) << "too shallow from the left: passes above, to the right";
}

TEST(Guidance, ProbeBelowMirrorsDepthAndKeepsLeftAndRight) {
  Scene below;
  below.analysis.region.probe = imaging::ProbeSide::Bottom;
  const Guidance top = Scene().guide(needleBetween({100, 60}, {150, 120}));
  const Guidance g = below.guide(needleBetween({100, 240}, {150, 180}));  // the same picture upside down
  EXPECT_TRUE(g.target->px.isApprox(Vector2d(200, 100)));
  EXPECT_NEAR(g.tipToTarget->mm.value(), top.tipToTarget->mm.value(), 1e-9);
  EXPECT_NEAR(g.lateralError->mm.value(), top.lateralError->mm.value(), 1e-9);
  EXPECT_NEAR(g.angleError.value(), top.angleError.value(), 1e-9);
  EXPECT_NEAR(g.tipDepth->mm.value(), top.tipDepth->mm.value(), 1e-9);
  EXPECT_EQ(g.state, top.state);
}

TEST(Guidance, ThePlansProbeSideRulesAndAnAssumedOneIsFlagged) {
  Scene scene;
  EXPECT_FALSE(scene.guide({}).probeAssumed);
  scene.plan.probe = imaging::ProbeSide::Bottom;
  EXPECT_TRUE(scene.guide({}).target->px.isApprox(Vector2d(200, 100)));
  scene.plan.probe = imaging::ProbeSide::Unknown;
  scene.analysis.region.probe = imaging::ProbeSide::Unknown;
  EXPECT_TRUE(scene.guide({}).probeAssumed);
  EXPECT_TRUE(scene.guide({}).target->px.isApprox(Vector2d(200, 200)));
}

TEST(Guidance, AProbeSideOnceSeenIsKeptWhenAFrameDoesNotShowIt) {
  Scene scene;
  GuidanceRule rule = scene.rule();
  scene.analysis.region.probe = imaging::ProbeSide::Bottom;
  rule.process(scene.geometry, scene.analysis, {});
  scene.analysis.region.probe = imaging::ProbeSide::Unknown;
  const Guidance g = rule.process(scene.geometry, scene.analysis, {});
  EXPECT_TRUE(g.target->px.isApprox(Vector2d(200, 100)));
  EXPECT_FALSE(g.probeAssumed);
}

TEST(Guidance, WithinTheToleranceThereIsNoAngleError) {
  const Guidance g = Scene().guide(needleBetween({100, 100}, {195, 195}));
  EXPECT_EQ(g.state, State::AtTarget);
  EXPECT_FALSE(g.angleError);
  EXPECT_TRUE(g.lateralError);
}

TEST(Guidance, NoNeedleNoNumbers) {
  const Guidance g = Scene().guide({});
  EXPECT_EQ(g.state, State::NoNeedle);
  EXPECT_TRUE(g.target) << "the target is drawn all the same";
  EXPECT_FALSE(g.tipToTarget || g.lateralError || g.angleError || g.tipDepth || g.nearestDanger);
  EXPECT_TRUE(g.hints.empty());
}

// Scale

TEST(Guidance, APlanInMillimetresWithoutScaleIsNotJudged) {
  Scene scene;
  scene.geometry.spacingMm.reset();
  scene.plan.dangers = {nerveAt(0, 10)};
  const Guidance g = scene.guide(needleBetween({100, 100}, {150, 150}));
  EXPECT_EQ(g.state, State::Approach);
  EXPECT_EQ(g.reason, Reason::NoScale);
  EXPECT_FALSE(g.target || g.tipToTarget || g.nearestDanger);
  EXPECT_TRUE(g.tipDepth);
  EXPECT_FALSE(g.tipDepth->mm);
  ASSERT_EQ(g.dangerOutlinesPx.size(), 1u);
  EXPECT_TRUE(g.dangerOutlinesPx[0].empty());
  EXPECT_TRUE(g.corridorPx.empty());
}

TEST(Guidance, APlanInPixelsIsJudgedInPixels) {
  Scene scene;
  scene.geometry.spacingMm.reset();
  scene.plan.target = planning::TargetAtPixel{{200, 200}, 40, 15};
  const Guidance on = scene.guide(needleBetween({100, 100}, {150, 150}));
  EXPECT_EQ(on.state, State::OnCourse);
  EXPECT_NEAR(on.tipToTarget->px, 50 * std::sqrt(2), 1e-9);
  EXPECT_FALSE(on.tipToTarget->mm || on.lateralError->mm || on.tipDepth->mm || on.target->depthMm);
  EXPECT_EQ(scene.guide(needleBetween({100, 100}, {192, 192})).state, State::AtTarget);
  EXPECT_EQ(scene.guide(needleBetween({100, 60}, {150, 110})).reason, Reason::Angle);
  EXPECT_EQ(scene.guide(needleBetween({100, 100}, {215, 215})).reason, Reason::PastTarget);
}

TEST(Guidance, APixelTargetWithDangersStillNeedsAScale) {
  Scene scene;
  scene.geometry.spacingMm.reset();
  scene.plan.target = planning::TargetAtPixel{{200, 200}, 40, 15};
  scene.plan.dangers = {nerveAt(0, 10)};
  const Guidance g = scene.guide(needleBetween({100, 100}, {150, 150}));
  EXPECT_EQ(g.state, State::Approach) << "a danger that cannot be placed must not look like none";
  EXPECT_EQ(g.reason, Reason::NoScale);
  EXPECT_NEAR(g.tipToTarget->px, 50 * std::sqrt(2), 1e-9) << "the distance in pixels is still known";
  scene.plan.dangers.clear();
  scene.plan.maximumDepthMm = 40;
  EXPECT_EQ(scene.guide(needleBetween({100, 100}, {150, 150})).reason, Reason::NoScale);
}

TEST(Guidance, InAPictureWithScaleAPixelTargetGoesByMillimetres) {
  Scene scene;
  scene.plan.target = planning::TargetAtPixel{{200, 200}, 400, 150};
  EXPECT_EQ(scene.guide(needleBetween({100, 100}, {192, 192})).state, State::AtTarget) << "1.1 mm";
  EXPECT_EQ(scene.guide(needleBetween({100, 100}, {180, 180})).state, State::OnCourse) << "2.8 mm";
}

TEST(Guidance, WithoutAPictureThereIsNoGuidance) {
  Scene scene;
  scene.analysis.region.bounds = {};
  const Guidance g = scene.guide(needleBetween({100, 100}, {150, 150}));
  EXPECT_EQ(g.state, State::Approach);
  EXPECT_EQ(g.reason, Reason::NoTarget);
  EXPECT_FALSE(g.target || g.tipToTarget || g.tipDepth);
}

TEST(Guidance, BrokenNeedlesAreNoNeedles) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(Scene().guide(needleBetween({100, 100}, {nan, 150})).state, State::NoNeedle);
  EXPECT_EQ(Scene().guide(needleBetween({150, 150}, {150, 150})).state, State::NoNeedle);
  auto needle = needleBetween({100, 100}, {150, 150}, nan);
  EXPECT_EQ(Scene().guide(needle).state, State::OnCourse);
}

// Dangers

TEST(Guidance, NearestDangerFromTheShaftWithTheBladesWidth) {
  Scene scene;
  scene.plan.dangers = {nerveAt(10, 10), nerveAt(-6, 12)};
  const Guidance g = scene.guide(needleBetween({200, 40}, {200, 150}));
  ASSERT_TRUE(g.nearestDanger);
  EXPECT_EQ(g.nearestDanger->zone, 1u);
  EXPECT_EQ(g.nearestDanger->name, "nerve");
  EXPECT_NEAR(g.nearestDanger->distance.mm.value(), 6 - 2 - 0.4, 0.01);
  EXPECT_NEAR(g.nearestDanger->distance.px, 36, 0.1);
  EXPECT_FALSE(g.nearestDanger->insideMargin);
  EXPECT_EQ(g.state, State::OnCourse);
}

TEST(Guidance, TheUnseenShaftUpToTheSkinCountsToo) {
  Scene scene;
  scene.plan.dangers = {nerveAt(2, 3, 1, 1)};
  // Only 11 to 15 mm deep are seen; the rest of the blade passes the nerve at 3 mm.
  const Guidance g = scene.guide(needleBetween({200, 110}, {200, 150}));
  EXPECT_EQ(g.reason, Reason::DangerClose);
  EXPECT_NEAR(g.nearestDanger->distance.mm.value(), 2 - 1 - 0.4, 0.01);
}

TEST(Guidance, InsideAMarginIsStopAndTheZoneThatIsMostIntrudedOnIsNamed) {
  Scene scene;
  scene.plan.dangers = {nerveAt(-4, 12, 1, 0.5), nerveAt(6, 12, 1, 5)};
  const Guidance g = scene.guide(needleBetween({200, 40}, {200, 150}));
  EXPECT_EQ(g.state, State::Stop);
  EXPECT_EQ(g.reason, Reason::DangerClose);
  EXPECT_EQ(g.nearestDanger->zone, 1u) << "farther, but inside its margin";
  EXPECT_TRUE(g.nearestDanger->insideMargin);
}

TEST(Guidance, OutlinesAreOnePerDangerInPixels) {
  Scene scene;
  scene.plan.dangers = {nerveAt(0, 15)};
  planning::DangerZone bone;
  bone.shape = planning::Polygon{{{-5, 25}, {5, 25}, {5, 29}}};
  scene.plan.dangers.push_back(bone);
  scene.analysis.region.probe = imaging::ProbeSide::Bottom;
  const Guidance g = scene.guide({});
  ASSERT_EQ(g.dangerOutlinesPx.size(), 2u);
  ASSERT_EQ(g.dangerOutlinesPx[1].size(), 3u);
  EXPECT_TRUE(g.dangerOutlinesPx[1][2].isApprox(Vector2d(250, 10)));
  for (const Vector2d& p : g.dangerOutlinesPx[0]) EXPECT_NEAR((p - Vector2d(200, 150)).norm(), 20, 0.05);
}

TEST(Guidance, NothingIsGuidedToATargetOutsideTheImage) {
  Scene scene;
  scene.plan.target = planning::TargetAtDepth{{0, 40}};  // the image ends at 30 mm
  const Guidance deep = scene.guide(needleBetween({100, 100}, {150, 150}));
  EXPECT_EQ(deep.state, GuidanceState::Approach);
  EXPECT_EQ(deep.reason, GuidanceReason::TargetOutside);
  ASSERT_TRUE(deep.target);
  EXPECT_FALSE(deep.target->sure);
  EXPECT_TRUE(deep.hints.empty());
  scene.plan.target = planning::TargetAtPixel{{-5, 250}};
  EXPECT_EQ(scene.guide(needleBetween({150, 100}, {100, 150})).reason, GuidanceReason::TargetOutside);
}

TEST(Guidance, TooDeepIsStop) {
  Scene scene;
  scene.plan.maximumDepthMm = 20.5;
  EXPECT_NE(scene.guide(needleBetween({100, 100}, {199, 199})).state, State::Stop);
  EXPECT_EQ(scene.guide(needleBetween({100, 100}, {206, 206})).reason, Reason::TooDeep);
}

// Corridor

TEST(Guidance, CorridorFromTheTipWithoutAPlannedEntry) {
  const Guidance g = Scene().guide(needleBetween({200, 40}, {200, 100}));
  ASSERT_EQ(g.corridorPx.size(), 4u);
  double left = 1e9, right = -1e9, top = 1e9, bottom = -1e9;
  for (const Vector2d& p : g.corridorPx) {
    left = std::min(left, p.x());
    right = std::max(right, p.x());
    top = std::min(top, p.y());
    bottom = std::max(bottom, p.y());
  }
  EXPECT_NEAR(left, 180, 1e-9);
  EXPECT_NEAR(right, 220, 1e-9);
  EXPECT_NEAR(top, 100, 1e-9);
  EXPECT_NEAR(bottom, 200, 1e-9);
  EXPECT_TRUE(Scene().guide({}).corridorPx.empty());
}

TEST(Guidance, APlannedCorridorIsFixedAndTheTipMustBeInIt) {
  Scene scene;
  scene.plan.entryFromLeft = true;
  scene.plan.entryAngle = radians(45);
  const Guidance none = scene.guide({});
  ASSERT_EQ(none.corridorPx.size(), 4u) << "drawn before there is a needle";
  // From the skin 20 mm left of the target.
  EXPECT_TRUE(((none.corridorPx[0] + none.corridorPx[3]) / 2).isApprox(Vector2d(0, 0), 1e-9) ||
              ((none.corridorPx[0] + none.corridorPx[3]) / 2).norm() < 1e-9);
  EXPECT_TRUE(((none.corridorPx[1] + none.corridorPx[2]) / 2).isApprox(Vector2d(200, 200)));
  EXPECT_EQ(scene.guide(needleBetween({60, 60}, {150, 150})).state, State::OnCourse);
  const Guidance beside = scene.guide(needleBetween({200, 40}, {200, 150}));
  EXPECT_EQ(beside.state, State::OffCourse) << "at the target, but not by the planned way";
  EXPECT_EQ(beside.reason, Reason::Lateral);
}

// Time

struct Frames {
  Scene scene;
  GuidanceRule rule;
  double time = 0;

  explicit Frames(Scene given) : scene(std::move(given)), rule(scene.rule()) {}
  Guidance frame(tracking::NeedleTrack needle, double step = 1.0 / 30) {
    needle.time = time += step;
    return rule.process(scene.geometry, scene.analysis, needle);
  }
  Guidance frames(int n, const tracking::NeedleTrack& needle) {
    Guidance g;
    for (int i = 0; i < n; ++i) g = frame(needle);
    return g;
  }
};

Scene live() {
  Scene scene;
  scene.options.holdSeconds = 0.2;
  return scene;
}

TEST(GuidanceInTime, ACourseIsClaimedAfterItHasHeld) {
  Frames frames(live());
  const auto needle = needleBetween({100, 100}, {150, 150});
  EXPECT_EQ(frames.frame(needle).state, State::Approach);
  EXPECT_EQ(frames.frames(4, needle).state, State::Approach);
  EXPECT_EQ(frames.frames(3, needle).state, State::OnCourse);
}

TEST(GuidanceInTime, NoiseRoundEveryThresholdDoesNotFlicker) {
  Frames frames(live());
  State last = State::NoNeedle;
  int changes = 0;
  for (int i = 0; i < 300; ++i) {
    const double wobble = i % 2 ? 1.5 : -1.5;  // 0.3 mm to and fro across the edge of the corridor at 2 mm
    const Guidance g = frames.frame(needleBetween({220 + wobble, 40}, {220 + wobble, 100}));
    changes += g.state != last;
    last = g.state;
  }
  EXPECT_LE(changes, 2) << "to off course, and there it stays";
  EXPECT_EQ(last, State::OffCourse);
}

TEST(GuidanceInTime, AnUnseenNeedleEndsTheClaimAtOnceAndIsLostInTheEnd) {
  Frames frames(live());
  auto needle = needleBetween({100, 100}, {150, 150});
  ASSERT_EQ(frames.frames(20, needle).state, State::OnCourse);
  needle.state = NeedleState::Predicted;
  const Guidance predicted = frames.frame(needle);
  EXPECT_EQ(predicted.state, State::Approach);
  EXPECT_EQ(predicted.reason, Reason::NeedlePredicted);
  EXPECT_TRUE(predicted.tipToTarget);
  const Guidance lost = frames.frame({});
  EXPECT_EQ(lost.state, State::NoNeedle);
  EXPECT_EQ(lost.reason, Reason::NeedleLost);
}

TEST(GuidanceInTime, APlaneThatBlinksOutKeepsItsTargetForAMoment) {
  Scene scene = live();
  scene.plan.target = planning::TargetAtPlane{imaging::PlaneLabel::DeepAponeurosis, 0, 0};
  imaging::TissuePlane plane;
  plane.label = imaging::PlaneLabel::DeepAponeurosis;
  for (float x = 100; x <= 300; x += 8) plane.vertices.push_back({x, 200, 198, 202});
  scene.analysis.planes = {plane};
  Frames frames(scene);
  const auto needle = needleBetween({100, 100}, {150, 150});
  ASSERT_EQ(frames.frames(20, needle).state, State::OnCourse);
  frames.scene.analysis.planes.clear();
  EXPECT_EQ(frames.frames(5, needle).state, State::OnCourse);
  const Guidance gone = frames.frames(3, needle);
  EXPECT_EQ(gone.state, State::Approach);
  EXPECT_EQ(gone.reason, Reason::NoTarget);
  EXPECT_FALSE(gone.target);
}

TEST(GuidanceInTime, ResetForgets) {
  Frames frames(live());
  const auto needle = needleBetween({100, 100}, {150, 150});
  frames.frames(20, needle);
  frames.rule.reset();
  EXPECT_EQ(frames.frame(needle).state, State::Approach);
  frames.frames(20, needle);
  frames.rule.reset();
  EXPECT_EQ(frames.frame({}).reason, Reason::None) << "nothing has been lost in this stream";
}

TEST(GuidanceNames, AreThoseOfTheFile) {
  EXPECT_EQ(nameOf(State::NoNeedle), "no_needle");
  EXPECT_EQ(nameOf(State::Approach), "approach");
  EXPECT_EQ(nameOf(State::OnCourse), "on_course");
  EXPECT_EQ(nameOf(State::OffCourse), "off_course");
  EXPECT_EQ(nameOf(State::AtTarget), "at_target");
  EXPECT_EQ(nameOf(State::Stop), "stop");
}

// The target and the danger zones go with the tissue: a danger that stayed in the picture would be in the
// wrong place.
TEST(Guidance, TargetAndDangersGoWithTheirTissue) {
  Scene scene;
  planning::DangerZone nerve;
  nerve.name = "nerve";
  nerve.marginMm = 1;
  nerve.shape = planning::Ellipse{{8, 20}, 1, 1, 0};
  scene.plan.dangers = {nerve};
  GuidanceRule rule = scene.rule();
  tracking::AnchoredPoint tissue;
  tissue.motion = Eigen::Translation2d(-50, 10);
  tissue.px = {150, 210};
  tissue.sure = true;
  const Guidance guidance =
      rule.process(scene.geometry, scene.analysis, needleBetween({0, 60}, {60, 120}), tissue);
  EXPECT_TRUE(guidance.target->px.isApprox(Eigen::Vector2d(150, 210)));
  Eigen::Vector2d middle(0, 0);
  for (const auto& point : guidance.dangerOutlinesPx[0])
    middle += point / static_cast<double>(guidance.dangerOutlinesPx[0].size());
  EXPECT_NEAR(middle.x(), 280 - 50, 1);
  EXPECT_NEAR(middle.y(), 200 + 10, 1);
  EXPECT_NEAR(*guidance.target->depthMm, 21, 0.1);
}

TEST(Guidance, NothingIsClaimedOfATargetWhoseTissueIsNotRecognised) {
  Scene scene;
  GuidanceRule rule = scene.rule();
  tracking::AnchoredPoint tissue;
  tissue.px = {200, 200};
  tissue.sure = true;
  const auto needle = needleBetween({100, 100}, {150, 150});
  EXPECT_EQ(rule.process(scene.geometry, scene.analysis, needle, tissue).state, GuidanceState::OnCourse);
  tissue.sure = false;
  const Guidance unsure = rule.process(scene.geometry, scene.analysis, needle, tissue);
  EXPECT_EQ(unsure.state, GuidanceState::Approach);
  EXPECT_EQ(unsure.reason, GuidanceReason::TargetUnsure);
  EXPECT_FALSE(unsure.target->sure);
}

// A deeper fascia taken for the plan's: the plan itself says how deep the blade may go.
TEST(Guidance, APlaneBelowTheMaximumDepthIsNotTheTargets) {
  Scene scene;
  scene.plan.maximumDepthMm = 25.0;
  GuidanceRule rule = scene.rule();
  tracking::AnchoredPoint tissue;
  tissue.px = {200, 200};
  tissue.sure = true;
  const auto needle = needleBetween({100, 100}, {150, 150});
  EXPECT_EQ(rule.process(scene.geometry, scene.analysis, needle, tissue).state, GuidanceState::OnCourse);
  tissue.px = {252, 252};
  const Guidance deep = rule.process(scene.geometry, scene.analysis, needle, tissue);
  EXPECT_EQ(deep.state, GuidanceState::Approach);
  EXPECT_EQ(deep.reason, GuidanceReason::TargetTooDeep);
  ASSERT_TRUE(deep.target);
  EXPECT_FALSE(deep.target->sure) << "drawn dashed, and nothing is guided by it";
}

imaging::TissuePlane boneAt(float y, float from, float to, double confidence) {
  imaging::TissuePlane bone;
  bone.label = imaging::PlaneLabel::Bone;
  bone.confidence = confidence;
  for (float x = from; x <= to; x += 4) bone.vertices.push_back({x, y, y - 2, y + 2});
  return bone;
}

TEST(Guidance, NothingIsClaimedOfATipBehindTheSurfaceOfABone) {
  Scene scene;
  const auto needle = needleBetween({100, 100}, {180, 180});
  const auto judged = [&](float y, double confidence) {
    scene.analysis.planes = {boneAt(y, 160, 192, confidence)};  // not over the target, at column 200
    return scene.rule().process(scene.geometry, scene.analysis, needle);
  };
  EXPECT_EQ(judged(210, 0.9).state, GuidanceState::OnCourse) << "in front of it";
  EXPECT_EQ(judged(176, 0.9).state, GuidanceState::OnCourse) << "on it: its echo is that wide";
  const Guidance behind = judged(160, 0.9);
  EXPECT_EQ(behind.state, GuidanceState::Approach);
  EXPECT_EQ(behind.reason, GuidanceReason::BehindBone);
  EXPECT_EQ(judged(160, 0.5).state, GuidanceState::OnCourse) << "perhaps no bone";
}

TEST(Guidance, BehindABoneIsAwayFromTheProbeWhereverThatIs) {
  Scene scene;
  scene.analysis.region.probe = imaging::ProbeSide::Bottom;
  const auto judged = [&](float y) {
    scene.analysis.planes = {boneAt(y, 160, 192, 0.9)};
    return scene.rule().process(scene.geometry, scene.analysis, needleBetween({100, 200}, {180, 120})).reason;
  };
  EXPECT_NE(judged(90), GuidanceReason::BehindBone) << "in front of it";
  EXPECT_EQ(judged(140), GuidanceReason::BehindBone);
}

TEST(Guidance, NothingIsGuidedToATargetBehindABone) {
  Scene scene;
  scene.analysis.planes = {boneAt(180, 190, 300, 0.9)};
  GuidanceRule rule = scene.rule();
  const Guidance guidance =
      rule.process(scene.geometry, scene.analysis, needleBetween({100, 100}, {150, 150}));
  EXPECT_EQ(guidance.state, GuidanceState::Approach);
  EXPECT_EQ(guidance.reason, GuidanceReason::BehindBone);
  ASSERT_TRUE(guidance.target);
  EXPECT_FALSE(guidance.target->sure);
}

}  // namespace
}  // namespace acuguide::guidance
