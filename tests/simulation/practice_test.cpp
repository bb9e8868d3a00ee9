#include "simulation/practice.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace acuguide::simulation {
namespace {

TEST(Practice, TheSameSeedIsTheSameTaskAndSeedsDiffer) {
  const PracticeTask a = practiceTask(5), again = practiceTask(5);
  EXPECT_EQ(a.scenario, again.scenario);
  EXPECT_EQ(a.targetMm, again.targetMm);
  EXPECT_EQ(a.angle, again.angle);
  bool other = false;
  for (std::uint64_t seed = 6; seed < 10; ++seed) {
    const PracticeTask b = practiceTask(seed);
    other = other || b.scenario != a.scenario || b.entryMm != a.entryMm;
  }
  EXPECT_TRUE(other);
}

TEST(Practice, TheBladeTurnsAboutTheSkinAndStaysWithinReason) {
  const PracticeTask task = practiceTask(5);
  PracticeBlade blade(task);
  EXPECT_LT(blade.inserted(), 0.0) << "it begins outside";
  blade.advance(13.0);
  EXPECT_DOUBLE_EQ(blade.inserted(), 10.0);
  const BladePose before = blade.pose();
  blade.turn(0.1);
  const BladePose after = blade.pose();
  EXPECT_NEAR(after.angle - before.angle, 0.1, 1e-12);
  EXPECT_NEAR((before.at(10.0) - after.at(10.0)).norm(), 0.0, 1e-9) << "the skin point moved";
  for (int i = 0; i < 100; ++i) blade.turn(0.1);
  EXPECT_LT(blade.pose().angle, std::numbers::pi / 2);
  blade.advance(1000.0);
  EXPECT_LT(blade.inserted(), 100.0);
}

/// Steered straight, the blade ends on the target; the poses of the frame say where it is in the picture.
TEST(Practice, APoseLeadsToTheTargetInThePicture) {
  const PracticeTask task = practiceTask(3);
  const auto blade = std::make_shared<PracticeBlade>(task);
  const Eigen::Vector2d way = task.targetMm - Eigen::Vector2d(task.entryMm, 0.0);
  blade->turn(std::atan2(way.y(), std::abs(way.x())) - blade->pose().angle);
  blade->advance(way.norm() + 3.0);
  ASSERT_NEAR((blade->pose().tipMm - task.targetMm).norm(), 0.0, 1e-9);
  PracticeSource source("practice:3", task, blade);
  EXPECT_TRUE(source.info().live);
  const auto frame = source.read();
  ASSERT_TRUE(frame);
  const auto needle = findPose(frame->poses, "NeedleToReference");
  const auto image = findPose(frame->poses, "ImageToReference");
  ASSERT_TRUE(needle && image);
  const Eigen::Vector4d tipPx = image->inverse() * needle->col(3);
  EXPECT_NEAR((task.spacingMm * (tipPx.head<2>() - task.originPx) - task.targetMm).norm(), 0.0, 1e-9);
  EXPECT_GT(frame->pixels.at<unsigned char>(static_cast<int>(tipPx.y()), static_cast<int>(tipPx.x())), 0);
}

}  // namespace
}  // namespace acuguide::simulation
