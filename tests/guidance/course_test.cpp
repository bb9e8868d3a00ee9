#include "guidance/course.h"

#include "core/units.h"

#include <gtest/gtest.h>

namespace acuguide::guidance {
namespace {

using Eigen::Vector2d;

Blade bladeAt(double x, double y, double angleDeg, bool right = true) {
  return {{x, y}, {(right ? 1 : -1) * std::cos(radians(angleDeg)), std::sin(radians(angleDeg))}};
}

TEST(Course, StraightAtTheTarget) {
  const Course c = courseTo({30, 40}, bladeAt(0, 0, degrees(std::atan2(40, 30))), true);
  EXPECT_NEAR(c.toTarget, 50, 1e-9);
  EXPECT_NEAR(c.toGo, 50, 1e-9);
  EXPECT_NEAR(c.lateral, 0, 1e-9);
  EXPECT_NEAR(c.angleError, 0, 1e-9);
}

TEST(Course, UprightBladePassesToTheRight) {
  const Course c = courseTo({-3, 20}, bladeAt(0, 0, 90), true);
  EXPECT_NEAR(c.toGo, 20, 1e-9);
  EXPECT_NEAR(c.lateral, 3, 1e-9);
  EXPECT_NEAR(std::abs(c.lateral), c.toTarget * std::abs(std::sin(c.angleError)), 1e-9);
}

// A blade from the left at 45 degrees, the target at 30: it is 15 degrees too steep and passes below, which
// is left.
TEST(Course, TooSteepFromTheLeft) {
  const Vector2d target(20 * std::cos(radians(30)), 20 * std::sin(radians(30)));
  const Course c = courseTo(target, bladeAt(0, 0, 45), true);
  EXPECT_NEAR(degrees(c.angleError), 15, 1e-9);
  EXPECT_NEAR(c.lateral, -20 * std::sin(radians(15)), 1e-9);
  EXPECT_NEAR(c.toGo, 20 * std::cos(radians(15)), 1e-9);
}

// The mirror image: too steep again, and now it passes to the right.
TEST(Course, TooSteepFromTheRight) {
  const Vector2d target(-20 * std::cos(radians(30)), 20 * std::sin(radians(30)));
  const Course c = courseTo(target, bladeAt(0, 0, 45, false), false);
  EXPECT_NEAR(degrees(c.angleError), 15, 1e-9);
  EXPECT_NEAR(c.lateral, 20 * std::sin(radians(15)), 1e-9);
}

TEST(Course, PastTheTargetIsNegative) {
  const Course c = courseTo({0, 10}, bladeAt(1, 14, 90), true);
  EXPECT_NEAR(c.toGo, -4, 1e-9);
  EXPECT_NEAR(c.lateral, 1, 1e-9);
}

TEST(Course, AngleErrorKeepsItsSignAcrossTheUpright) {
  const Vector2d target(0, 20);
  EXPECT_GT(courseTo(target, bladeAt(0, 0, 94), true).angleError, 0)
      << "leans over: steeper than the target's line";
  EXPECT_LT(courseTo(target, bladeAt(0, 0, 86), true).angleError, 0);
  EXPECT_NEAR(degrees(courseTo(target, bladeAt(0, 0, 94), true).angleError), 4, 1e-9);
}

TEST(Course, AtTheTargetNothingIsNotANumber) {
  const Course c = courseTo({0, 0}, bladeAt(0, 0, 40), true);
  EXPECT_EQ(c.toTarget, 0);
  EXPECT_EQ(c.angleError, 0);
  EXPECT_EQ(c.lateral, 0);
}

TEST(Heading, OfASlantingBladeIsItsOwnAndOfAnUprightOneTheEarlier) {
  EXPECT_TRUE(headingOf(bladeAt(0, 0, 40, true), false, false));
  EXPECT_FALSE(headingOf(bladeAt(0, 0, 40, false), true, true));
  EXPECT_FALSE(headingOf(bladeAt(0, 0, 85, true), false, true)) << "the one it had";
  EXPECT_FALSE(headingOf(bladeAt(0, 0, 85, true), std::nullopt, false)) << "else the planned";
  EXPECT_TRUE(headingOf(bladeAt(0, 0, 85, true), std::nullopt, std::nullopt)) << "else its line's";
}

}  // namespace
}  // namespace acuguide::guidance
