#include "simulation/tissue_motion.h"

#include "core/units.h"

#include <gtest/gtest.h>

namespace acuguide::simulation {
namespace {

MotionOptions lively() {
  MotionOptions options;
  options.slideMm = 4.0;
  options.rockDeg = 2.0;
  options.compression = 0.03;
  return options;
}

std::vector<Structure> withArtery() {
  return {{StructureKind::Artery, "artery", {4.0, 15.0}, {1.5, 1.5}, 0.0}};
}

TEST(TissueMotion, StartsAtRest) {
  TissueMotion motion(lively(), withArtery());
  motion.moveTo(0.0, std::nullopt);
  EXPECT_LT((motion.restOf({5.0, 20.0}) - Eigen::Vector2d(5.0, 20.0)).norm(), 1e-9);
}

TEST(TissueMotion, SeenAndRestAreInverse) {
  TissueMotion motion(lively(), withArtery());
  BladePose blade;
  blade.tipMm = {1.0, 14.0};
  blade.speedMmPerSecond = 6.0;
  for (const double time : {0.7, 2.3, 5.1}) {
    motion.moveTo(time, blade);
    for (const Eigen::Vector2d& point :
         {Eigen::Vector2d(0.5, 15.0), Eigen::Vector2d(-12.0, 6.0), Eigen::Vector2d(3.0, 15.8)})
      EXPECT_LT((motion.restOf(motion.seenOf(point)) - point).norm(), 0.02) << time;
  }
}

TEST(TissueMotion, TheAdvancingTipPushesTissueAhead) {
  MotionOptions still;
  still.compression = still.breathingMm = 0.0;
  TissueMotion motion(still, {});
  BladePose blade;
  blade.tipMm = {0.0, 15.0};
  blade.angle = radians(30.0);
  blade.speedMmPerSecond = 6.0;
  motion.moveTo(1.0, blade);
  const Eigen::Vector2d ahead = blade.tipMm + 1.5 * blade.direction();
  const double pushed = (motion.seenOf(ahead) - ahead).dot(blade.direction());
  EXPECT_GT(pushed, 0.2);
  EXPECT_LT(pushed, 1.0);
  const Eigen::Vector2d far(15.0, 30.0);
  EXPECT_LT((motion.seenOf(far) - far).norm(), 0.01);
}

TEST(TissueMotion, TheBladeIsCarriedByTheTissueItSitsIn) {
  TissueMotion motion(lively(), {});
  BladePose blade;
  blade.tipMm = {0.0, 15.0};
  motion.moveTo(1.3, blade);
  ASSERT_TRUE(motion.blade().has_value());
  EXPECT_GT((motion.blade()->tipMm - blade.tipMm).norm(), 1.0);
  EXPECT_LT((motion.restOf(motion.blade()->tipMm) - blade.tipMm).norm(), 0.1);
}

TEST(TissueMotion, ArteriesBeat) {
  TissueMotion motion({}, withArtery());
  const Structure artery = withArtery().front();
  double smallest = 10.0, largest = 0.0;
  for (double time = 0.0; time < 2.0; time += 0.02) {
    motion.moveTo(time, std::nullopt);
    smallest = std::min(smallest, motion.growthOf(artery));
    largest = std::max(largest, motion.growthOf(artery));
  }
  EXPECT_NEAR(smallest, 1.0, 0.01);
  EXPECT_NEAR(largest, 1.07, 0.01);
}

}  // namespace
}  // namespace acuguide::simulation
