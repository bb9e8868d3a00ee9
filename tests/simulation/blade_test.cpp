#include "simulation/blade.h"

#include "core/units.h"
#include "simulation/blade_echo.h"

#include <gtest/gtest.h>

namespace acuguide::simulation {
namespace {

TEST(BladeCourse, EntersHoldsAtTheTargetAndComesOut) {
  BladeCourseOptions options;
  options.withdrawAt = 9.0;
  const BladeCourse course(options, 4);
  EXPECT_FALSE(course.at(0.9).has_value());
  EXPECT_TRUE(course.at(1.5).has_value());
  ASSERT_TRUE(course.at(8.0).has_value());
  EXPECT_LT((course.at(8.0)->tipMm - options.targetMm).norm(), 0.5);
  EXPECT_NEAR(course.at(8.0)->angle, radians(options.angleDeg), radians(1.0));
  EXPECT_LT(course.at(10.5)->tipMm.y(), 0.7 * options.targetMm.y());
  EXPECT_FALSE(course.at(12.1).has_value());
}

TEST(BladeCourse, GoesDeeperWithPauses) {
  const BladeCourse course(BladeCourseOptions{}, 4);
  double fastest = 0.0;
  int still = 0;
  for (double time = 1.1; time < 7.4; time += 0.1) {
    const auto pose = course.at(time);
    ASSERT_TRUE(pose.has_value());
    fastest = std::max(fastest, pose->speedMmPerSecond);
    still += pose->speedMmPerSecond < 0.2 ? 1 : 0;
  }
  EXPECT_GT(fastest, 4.0);
  EXPECT_LT(fastest, 30.0);
  EXPECT_GT(still, 5);
}

TEST(BladePose, DirectionPointsDownAndAwayFromItsSide) {
  BladePose pose;
  pose.angle = radians(30.0);
  EXPECT_GT(pose.direction().x(), 0.8);
  EXPECT_NEAR(pose.direction().y(), 0.5, 1e-12);
  pose.fromLeft = false;
  EXPECT_LT(pose.direction().x(), -0.8);
  EXPECT_GT(pose.at(10.0).x(), pose.tipMm.x());
  EXPECT_LT(pose.at(10.0).y(), pose.tipMm.y());
}

TEST(BladeEcho, LosesBrightnessWhenSteepAndOffPlane) {
  const BladeEchoOptions options;
  BladePose pose;
  pose.angle = radians(10.0);
  const double flat = shaftLevelDb(options, pose, 5.0);
  pose.angle = radians(60.0);
  EXPECT_NEAR(flat - shaftLevelDb(options, pose, 5.0), options.steepLossDb, 1.5);
  pose.angle = radians(10.0);
  pose.offPlaneSlope = 0.2;
  EXPECT_GT(shaftLevelDb(options, pose, 1.0), shaftLevelDb(options, pose, 8.0) + 10.0);
}

}  // namespace
}  // namespace acuguide::simulation
