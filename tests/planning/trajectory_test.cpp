#include "planning/trajectory.h"

#include "core/error.h"
#include "core/units.h"
#include "planning/danger_zones.h"
#include "planning/instrument_library.h"
#include "planning/new_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

namespace acuguide::planning {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;

DangerZone circle(const std::string& name, double lateral, double depth, double radius, double margin = 2.0) {
  DangerZone zone;
  zone.name = name;
  zone.kind = DangerKind::Nerve;
  zone.shape = Ellipse{{lateral, depth}, radius, radius, 0.0};
  zone.marginMm = margin;
  return zone;
}

TrajectoryRequest request(double depth = 20) {
  TrajectoryRequest r;
  r.target = {0, depth};
  r.maximumDepthMm = 30;
  r.instrument = {"wanted", 0.8, 0.8, 100};
  r.instruments = builtInInstruments().all();
  return r;
}

std::string refusalOf(const std::function<void(TrajectoryRequest&)>& change) {
  TrajectoryRequest r = request();
  change(r);
  try {
    proposeTrajectory(r);
  } catch (const Error& error) {
    return error.what();
  }
  return "accepted";
}

// domain.md: "In plane: best under 35° to the probe face, limit 45°, mostly invisible beyond 50°."
TEST(TrajectoryDomain, InPlaneVisibilityIsBestUnder35LimitedAt45AndGoneBeyond50) {
  EXPECT_EQ(forecastVisibility(radians(34.0)), Visibility::Best);
  EXPECT_EQ(forecastVisibility(radians(35.0)), Visibility::Fair);
  EXPECT_EQ(forecastVisibility(radians(45.0)), Visibility::Fair);
  EXPECT_EQ(forecastVisibility(radians(46.0)), Visibility::Poor);
  EXPECT_EQ(forecastVisibility(radians(51.0)), Visibility::MostlyInvisible);
  EXPECT_EQ(forecastVisibility(radians(90.0)), Visibility::MostlyInvisible);
}

TEST(Trajectory, GeometryOfTheWayIn) {
  const Trajectory way = judgeTrajectory(request(), true, radians(30.0));
  EXPECT_NEAR(way.pathMm, 40.0, 1e-9);
  EXPECT_NEAR(way.entry.lateralMm, -20.0 * std::sqrt(3.0), 1e-9);
  EXPECT_EQ(way.entry.depthMm, 0.0);
  EXPECT_NEAR(judgeTrajectory(request(), false, radians(30.0)).entry.lateralMm, 20.0 * std::sqrt(3.0), 1e-9);
}

TEST(Trajectory, WithNothingInTheWayItIsTheShortestOfTheBestSeen) {
  const TrajectoryProposal proposal = proposeTrajectory(request());
  ASSERT_TRUE(proposal.best);
  EXPECT_NEAR(degrees(proposal.best->angle), 34.0, 1e-6);
  EXPECT_EQ(proposal.best->visibility, Visibility::Best);
  EXPECT_THAT(proposal.explanation, Contains(HasSubstr("seen better (best against mostly invisible)")));
  EXPECT_THAT(proposal.explanation, Contains(HasSubstr("No danger zone is drawn")));
}

TEST(Trajectory, ANerveOnOneSideSendsItToTheOther) {
  TrajectoryRequest r = request();
  r.dangers = {circle("median nerve", -12, 12, 3)};
  const TrajectoryProposal proposal = proposeTrajectory(r);
  ASSERT_TRUE(proposal.best);
  EXPECT_FALSE(proposal.best->fromLeft);
  EXPECT_EQ(proposal.best->visibility, Visibility::Best);
  EXPECT_THAT(proposal.explanation, Contains(AllOf(HasSubstr("From the left"), HasSubstr("median nerve"))));
}

/// Oracle of its own: points along the blade against the circle.
TEST(Trajectory, RoomIsAlongTheWholePathWithTheBladesWidthAndTheTipsTolerance) {
  TrajectoryRequest r = request();
  r.instrument.bladeWidthMm = 1.6;  // wider than the shaft
  r.dangers = {circle("nerve", 4, 25, 2)};
  for (const double angle : {15.0, 34.0, 60.0, 90.0}) {
    for (const bool left : {true, false}) {
      const Trajectory way = judgeTrajectory(r, left, radians(angle));
      double nearest = 1e9;
      for (double s = -r.toleranceMm; s <= way.pathMm; s += 0.01) {
        const double x = r.target.lateralMm - (left ? 1 : -1) * s * std::cos(radians(angle));
        const double y = r.target.depthMm - s * std::sin(radians(angle));
        nearest = std::min(nearest, std::hypot(x - 4, y - 25));
      }
      EXPECT_NEAR(*way.roomMm, std::max(0.0, nearest - 2 - 0.8) - 2, 0.02) << angle << left;
    }
  }
}

TEST(Trajectory, TheDepthEndsAtTheNearestOfBonePleuraAndLimit) {
  TrajectoryRequest r = request();
  EXPECT_EQ(judgeTrajectory(r, true, radians(90.0)).deepestBy, "maximum depth");
  r.boneDepthMm = 26;
  EXPECT_EQ(judgeTrajectory(r, true, radians(90.0)).deepestBy, "bone");
  EXPECT_EQ(judgeTrajectory(r, true, radians(90.0)).deepestMm, 26);
  DangerZone pleura = circle("pleura", 0, 28, 3, 1.0);
  pleura.kind = DangerKind::Pleura;
  r.dangers = {pleura};
  const Trajectory way = judgeTrajectory(r, true, radians(90.0));
  EXPECT_EQ(way.deepestBy, "pleura");
  EXPECT_NEAR(*way.deepestMm, 25 - 1 - 0.4, 0.11);
  const Plan plan = withTrajectory(newPlan("ST36", BodySide::Left), way);
  EXPECT_EQ(plan.maximumDepthMm, way.deepestMm);
  EXPECT_EQ(plan.entryAngle, radians(90.0));
}

// domain.md: HT1 ".3–.5 oblique", "lung if medial".
TEST(TrajectoryDomain, Ht1AsksForThePleuraAndStaysOblique) {
  Plan plan = newPlan("HT1", BodySide::Right);
  TrajectoryRequest r = requestFor(plan, builtInInstruments().all());
  EXPECT_TRUE(r.overLung);
  r.maximumDepthMm.reset();
  EXPECT_THROW(proposeTrajectory(r), Error);
  r.maximumDepthMm = 12;
  const TrajectoryProposal proposal = proposeTrajectory(r);
  ASSERT_TRUE(proposal.best);
  EXPECT_LE(degrees(proposal.best->angle), 45.0 + 1e-6);
  for (const Trajectory& other : proposal.alternatives) EXPECT_LE(degrees(other.angle), 45.0 + 1e-6);
}

TEST(Trajectory, ALittleMoreRoomIsNotWorthAMuchLongerWay) {
  Trajectory near, far;
  near.pathMm = 32;
  near.roomMm = 1.9;
  far.pathMm = 58;
  far.roomMm = 2.0;
  EXPECT_LT(costOf(near).total(), costOf(far).total());
  far.pathMm = 34;
  far.roomMm = 3.0;
  EXPECT_GT(costOf(near).total(), costOf(far).total());
  far.visibility = Visibility::MostlyInvisible;
  EXPECT_LT(costOf(near).total(), costOf(far).total());
}

TEST(Trajectory, TheBladeEntersBesideTheProbe) {
  TrajectoryRequest r = request();
  r.probeWidthMm = 38;
  const TrajectoryProposal proposal = proposeTrajectory(r);
  ASSERT_TRUE(proposal.best);
  EXPECT_GE(std::abs(proposal.best->entry.lateralMm), 21.0);
  for (const Trajectory& other : proposal.alternatives) EXPECT_GE(std::abs(other.entry.lateralMm), 21.0);
  EXPECT_THAT(proposal.explanation, Contains(HasSubstr("enters under the probe")));
}

TEST(Trajectory, ALongerInstrumentIsProposedWithTheSameBladeFirst) {
  TrajectoryRequest r = request(45);
  r.maximumDepthMm = 60;
  r.instrument = {"short", 0.8, 0.8, 50};
  const TrajectoryProposal proposal = proposeTrajectory(r);
  ASSERT_TRUE(proposal.best);
  EXPECT_EQ(proposal.best->instrument.bladeWidthMm, 0.8);
  EXPECT_GE(proposal.best->instrument.lengthMm, proposal.best->pathMm + handleRoomMm);
}

TEST(Trajectory, InfeasibleSaysWhy) {
  TrajectoryRequest r = request();
  r.dangers = {circle("tibial nerve", 0, 21, 2)};  // the target lies in its margin
  TrajectoryProposal proposal = proposeTrajectory(r);
  EXPECT_FALSE(proposal.best);
  EXPECT_THAT(proposal.explanation,
              AllOf(Contains("No trajectory is feasible."), Contains(HasSubstr("margin of tibial nerve"))));
  r = request();
  r.instrument.lengthMm = 15;
  r.instruments.clear();
  proposal = proposeTrajectory(r);
  EXPECT_FALSE(proposal.best);
  EXPECT_THAT(proposal.explanation,
              Contains(AllOf(HasSubstr("no instrument is long enough"), HasSubstr("30.0 mm needed"))));
}

TEST(TrajectoryRefuses, NumbersThatAreNone) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THAT(refusalOf([&](auto& r) { r.target.depthMm = nan; }), HasSubstr("depth is not a number"));
  EXPECT_THAT(refusalOf([&](auto& r) { r.target.lateralMm = nan; }),
              HasSubstr("lateral position is not a number"));
  EXPECT_THAT(refusalOf([&](auto& r) { r.instrument.lengthMm = nan; }), HasSubstr("length is not a number"));
  EXPECT_THAT(refusalOf([&](auto& r) { r.dangers = {circle("n", nan, 3, 1)}; }), HasSubstr("outline of n"));
  EXPECT_THAT(refusalOf([&](auto& r) { r.dangers = {circle("n", 0, 3, 1, nan)}; }), HasSubstr("margin of n"));
}

TEST(TrajectoryRefuses, ANegativeMargin) {
  EXPECT_THAT(refusalOf([](auto& r) { r.dangers = {circle("n", 9, 9, 1, -1)}; }), HasSubstr("negative"));
}

TEST(TrajectoryRefuses, ATargetAboveTheSkinOrBelowBoneOrBelowTheLimit) {
  EXPECT_THAT(refusalOf([](auto& r) { r.target.depthMm = -3; }), HasSubstr("3.0 mm above the skin"));
  EXPECT_THAT(refusalOf([](auto& r) { r.boneDepthMm = 15; }), HasSubstr("below the bone at 15.0 mm"));
  EXPECT_THAT(refusalOf([](auto& r) { r.maximumDepthMm = 15; }), HasSubstr("below the maximum depth"));
  EXPECT_THAT(refusalOf([](auto& r) {
                r.dangers = {circle("tibia", 0, 18, 6)};
                r.dangers[0].kind = DangerKind::Bone;
              }),
              HasSubstr("below the bone at 12.0 mm"));
}

TEST(TrajectoryRefuses, ATargetWithoutADepth) {
  Plan plan = newPlan("ST36", BodySide::Left);
  plan.target = TargetAtPlane{};
  EXPECT_THROW(requestFor(plan, {}), Error);
  EXPECT_EQ(requestFor(plan, {}, 17.0).target.depthMm, 17.0);
  plan.target = TargetAtPixel{};
  EXPECT_THROW(requestFor(plan, {}, 17.0), Error);
}

}  // namespace
}  // namespace acuguide::planning
