#include "planning/blade_direction.h"

#include "core/units.h"
#include "planning/atlas.h"
#include "planning/new_plan.h"

#include <Eigen/Geometry>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numbers>

namespace acuguide::planning {
namespace {

using Eigen::Vector2d;
using Eigen::Vector3d;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr double threeOClock = std::numbers::pi / 2;
const Vector2d upright(0, 1);

Vector2d entering(double angleDeg, bool fromLeft) {
  return {(fromLeft ? 1 : -1) * std::cos(radians(angleDeg)), std::sin(radians(angleDeg))};
}

Plan planAt(const std::string& point, LimbPlane picture) {
  Plan plan = newPlan(point, BodySide::Left);
  plan.picture = picture;
  return plan;
}

TEST(BladeClock, TwelveIsThroughThePictureThreeInIt) {
  for (const Vector2d& needle : {upright, entering(40, true), entering(40, false)}) {
    const Vector3d axis(needle.x(), needle.y(), 0);
    EXPECT_NEAR(*clockOf({0, 0, 1}, axis), 0, 1e-9);
    EXPECT_NEAR(*clockOf({0, 0, -1}, axis), 0, 1e-9) << "a blade has two ends";
    EXPECT_NEAR(*clockOf({1, 0, 0}, axis), threeOClock, 1e-9);
  }
  // Half past one: seen along an upright needle, right is the picture's right and up is through it.
  EXPECT_NEAR(*clockOf({1, 0, 1}, {0, 1, 0}), radians(45.0), 1e-9);
  EXPECT_NEAR(*clockOf({-1, 0, 1}, {0, 1, 0}), radians(135.0), 1e-9);
  EXPECT_EQ(clockText(radians(45.0)), "1:30");
  EXPECT_EQ(clockText(0), "12:00");
  EXPECT_EQ(clockText(threeOClock), "3:00");
}

TEST(BladeClock, ADirectionAlongTheNeedleTurnsNothing) {
  EXPECT_FALSE(clockOf({0, 1, 0}, {0, 1, 0}));
  EXPECT_FALSE(clockOf({1, 0.1, 0}, {1, 0, 0}));
}

// domain.md: "The blade line lies parallel to the course of nerves and vessels first".
TEST(BladeDomain, ParallelToNerveAndVesselFirst) {
  const BladeDirection across = wantedBlade(planAt("ST36", LimbPlane::Transverse), upright);
  EXPECT_EQ(across.rule, BladeRule::NerveOrVessel);
  EXPECT_NEAR(*across.clock, 0, 1e-9) << "a nerve along the limb goes through a transverse picture";
  EXPECT_TRUE(across.general);
  EXPECT_THAT(across.conflict, IsEmpty());
  const BladeDirection along = wantedBlade(planAt("ST36", LimbPlane::Longitudinal), upright);
  EXPECT_NEAR(*along.clock, threeOClock, 1e-9);
}

// domain.md: "nerve and vessel win where they conflict".
TEST(BladeDomain, NerveWinsOverFibresAndTheConflictIsNamed) {
  const BladeDirection blade = wantedBlade(planAt("LI15", LimbPlane::Transverse), upright);
  EXPECT_EQ(blade.rule, BladeRule::NerveOrVessel);
  EXPECT_NEAR(*blade.clock, threeOClock, 1e-9)
      << "the axillary nerve runs across the limb, so in this picture";
  EXPECT_THAT(blade.conflict, HasSubstr("fibres of deltoid runs 90 degrees across"));
  EXPECT_THAT(describe(blade), HasSubstr("Conflict: "));
}

// domain.md: "... then to the muscle fibres".
TEST(BladeDomain, ThenParallelToTheMuscleFibres) {
  Plan plan = planAt("GB34", LimbPlane::Transverse);  // the atlas knows the nerve's course as oblique only
  const BladeDirection fromAtlas = wantedBlade(plan, upright);
  EXPECT_EQ(fromAtlas.rule, BladeRule::AtlasFibres);
  EXPECT_NEAR(*fromAtlas.clock, 0, 1e-9);
  EXPECT_THAT(fromAtlas.note, HasSubstr("common peroneal nerve"));
  plan.picture = LimbPlane::Longitudinal;
  const BladeDirection measured = wantedBlade(plan, upright, imaging::FibreDirection{radians(12.0), 0.9});
  EXPECT_EQ(measured.rule, BladeRule::MeasuredFibres);
  EXPECT_FALSE(measured.general);
  EXPECT_NEAR(*measured.clock, threeOClock, 1e-9);
  const BladeDirection unsure = wantedBlade(plan, upright, imaging::FibreDirection{radians(12.0), 0.1});
  EXPECT_EQ(unsure.rule, BladeRule::AtlasFibres) << "fibres hardly seen are not measured ones";
  plan.picture = LimbPlane::Transverse;
  EXPECT_EQ(wantedBlade(plan, upright, imaging::FibreDirection{radians(12.0), 0.9}).rule,
            BladeRule::AtlasFibres)
      << "a transverse picture does not show the fibres' direction";
}

TEST(Blade, ADrawnZonesOwnCourseIsNotGeneralKnowledge) {
  Plan plan = planAt("PC6", LimbPlane::Unknown);
  DangerZone nerve;
  nerve.name = "median nerve";
  nerve.kind = DangerKind::Nerve;
  nerve.shape = Ellipse{{4, 8}, 2, 1, 0};
  nerve.course = CourseInPicture::Through;
  plan.dangers = {nerve};
  const BladeDirection blade = wantedBlade(plan, entering(35, true));
  EXPECT_NEAR(*blade.clock, 0, 1e-9);
  EXPECT_FALSE(blade.general);
}

TEST(Blade, UnknownIsSaidNotGuessed) {
  const BladeDirection blade = wantedBlade(planAt("ST36", LimbPlane::Unknown), upright);
  EXPECT_FALSE(blade.clock);
  EXPECT_THAT(blade.note, HasSubstr("along the limb or across it"));
  Plan byHand = planAt("ST36", LimbPlane::Transverse);
  byHand.bladeDirection = radians(90.0);
  const BladeDirection set = wantedBlade(byHand, upright);
  EXPECT_EQ(set.rule, BladeRule::ByHand);
  EXPECT_EQ(*set.clock, radians(90.0));
  EXPECT_THAT(set.conflict, HasSubstr("90 degrees across"));
}

TEST(Blade, EveryPointOfTheAtlasGivesADirectionOrSaysWhyNot) {
  for (const Acupoint& point : atlas().points) {
    for (const LimbPlane picture : {LimbPlane::Longitudinal, LimbPlane::Transverse}) {
      const BladeDirection blade = wantedBlade(planAt(point.code, picture), entering(40, true));
      EXPECT_NE(blade.clock.has_value(), blade.rule == BladeRule::Unknown) << point.code;
      if (!blade.clock) {
        EXPECT_THAT(blade.note, testing::Not(IsEmpty())) << point.code;
      }
    }
  }
}

}  // namespace
}  // namespace acuguide::planning
