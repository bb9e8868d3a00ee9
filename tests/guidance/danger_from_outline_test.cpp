#include "guidance/danger_from_outline.h"

#include "guidance/guidance_scene.h"
#include "planning/danger_zones.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace acuguide::guidance {
namespace {

using Eigen::Vector2d;

tracking::PossibleZone star() {
  tracking::PossibleZone zone;
  zone.id = 3;
  zone.kind = imaging::StructureKind::Nerve;
  zone.outlinePx = {{250, 100}, {255, 110}, {270, 110}, {258, 118}, {262, 130},
                    {250, 122}, {238, 130}, {242, 118}, {230, 110}, {245, 110}};
  return zone;
}

const Eigen::Affine2d still = Eigen::Affine2d::Identity();

TEST(DangerFromOutline, IsAnOrdinaryZoneWhereThePlanHadIt) {
  Scene scene;
  const Eigen::Affine2d moved(Eigen::Translation2d(20, 10));  // since the target was tied
  const auto danger = dangerFrom(star(), "nerve", scene.geometry, scene.analysis.region, scene.plan, moved);
  ASSERT_TRUE(danger);
  EXPECT_EQ(danger->name, "nerve");
  EXPECT_EQ(danger->kind, planning::DangerKind::Nerve);
  EXPECT_FALSE(danger->automatic) << "a person has said so";
  const planning::Outline outline = planning::outlineOf(*danger);
  EXPECT_EQ(outline.size(), 5u) << "the hull of the star";
  for (const Vector2d& px : star().outlinePx) {
    const Vector2d mm((px.x() - 20 - 200) * 0.1, (px.y() - 10) * 0.1);
    EXPECT_LE(planning::distanceTo(outline, {mm, mm, 0}), 1e-9) << mm.transpose();
  }
  scene.plan.instrument.lengthMm = 60;
  scene.plan.dangers = {*danger};
  EXPECT_NO_THROW(planning::checkPlan(scene.plan, "here"));
  EXPECT_EQ(planning::parsePlan(planning::planText(scene.plan), "here").dangers.size(), 1u);
}

TEST(DangerFromOutline, WithTheProbeBelowDepthCountsUpwards) {
  Scene scene;
  scene.analysis.region.probe = imaging::ProbeSide::Bottom;
  const auto danger = dangerFrom(star(), "nerve", scene.geometry, scene.analysis.region, scene.plan, still);
  ASSERT_TRUE(danger);
  for (const Vector2d& p : planning::outlineOf(*danger)) EXPECT_NEAR(p.y(), 18.5, 1.6);
}

TEST(DangerFromOutline, WithoutAScaleThereIsNone) {
  Scene scene;
  const auto region = scene.analysis.region;
  EXPECT_FALSE(dangerFrom(star(), "nerve", ImageGeometry{}, region, scene.plan, still));
  EXPECT_FALSE(dangerFrom(star(), "nerve", scene.geometry, {}, scene.plan, still));
  tracking::PossibleZone line;
  line.outlinePx = {{1, 1}, {2, 2}, {3, 3}};
  EXPECT_FALSE(dangerFrom(line, "nerve", scene.geometry, region, scene.plan, still));
}

}  // namespace
}  // namespace acuguide::guidance
