#include "tracking/possible_zones.h"

#include <gtest/gtest.h>

#include <limits>

namespace acuguide::tracking {
namespace {

using Eigen::Affine2d;
using imaging::StructureKind;

imaging::PossibleStructure at(double x, double y, double confidence = 0.9,
                              StructureKind kind = StructureKind::Vessel) {
  imaging::PossibleStructure one;
  one.kind = kind;
  one.confidence = confidence;
  one.outlinePx = {{x - 10, y - 10}, {x + 10, y - 10}, {x + 10, y + 10}, {x - 10, y + 10}};
  return one;
}

imaging::Structures found(std::vector<imaging::PossibleStructure> list) {
  imaging::Structures structures;
  structures.found = std::move(list);
  structures.sure = true;
  return structures;
}

TissuePose pose(double x = 0, double y = 0, std::uint64_t epoch = 1) {
  return {epoch, Affine2d(Eigen::Translation2d(x, y)), true};
}

Eigen::Vector2d middle(const PossibleZone& zone) {
  Eigen::Vector2d sum = Eigen::Vector2d::Zero();
  for (const auto& p : zone.outlinePx) sum += p;
  return sum / static_cast<double>(zone.outlinePx.size());
}

TEST(PossibleZones, GoWithTheTissueFromThePictureTheyWereFoundIn) {
  PossibleZones zones;
  zones.add(found({at(100, 80)}), pose(30, 0), 1.0);
  const auto now = zones.process(pose(50, 5), 1.1);
  ASSERT_EQ(now.size(), 1u);
  EXPECT_TRUE(middle(now[0]).isApprox(Eigen::Vector2d(120, 85), 1e-9)) << middle(now[0]).transpose();
  EXPECT_NEAR(now[0].ageSeconds, 0.1, 1e-9);
}

TEST(PossibleZones, AreWithdrawnWhenTheyAreTooOldOrTheTissueIsNotRecognised) {
  PossibleZones zones;
  zones.add(found({at(100, 80)}), pose(), 1.0);
  TissuePose lost = pose();
  lost.sure = false;
  EXPECT_TRUE(zones.process(lost, 1.1).empty());
  EXPECT_EQ(zones.process(pose(), 1.2).size(), 1u) << "and come back with their tissue";
  EXPECT_EQ(zones.process(pose(), 1.0 + ages::kStructureGone - 0.01).size(), 1u);
  EXPECT_TRUE(zones.process(pose(), 1.0 + ages::kStructureGone + 0.01).empty());
  EXPECT_TRUE(zones.process(pose(), 1.2).empty()) << "what is gone stays gone";
}

TEST(PossibleZones, ATimeThatIsNoneWithdraws) {
  PossibleZones zones;
  zones.add(found({at(100, 80)}), pose(), 1.0);
  EXPECT_TRUE(zones.process(pose(), std::numeric_limits<double>::quiet_NaN()).empty());
}

TEST(PossibleZones, OneMissedLookIsOutlived) {
  PossibleZones zones;
  zones.add(found({at(100, 80)}), pose(), 1.0);
  zones.add(found({}), pose(), 1.4);
  EXPECT_EQ(zones.process(pose(), 1.5).size(), 1u);
}

TEST(PossibleZones, KeepTheirNumberWhileTheyAreFoundAgain) {
  PossibleZones zones;
  zones.add(found({at(100, 80), at(300, 80)}), pose(), 1.0);
  const auto before = zones.process(pose(), 1.0);
  zones.add(found({at(312, 83, 0.95), at(109, 80, 0.6)}), pose(8, 0), 1.4);
  const auto after = zones.process(pose(8, 0), 1.4);
  ASSERT_EQ(before.size(), 2u);
  ASSERT_EQ(after.size(), 2u);
  EXPECT_EQ(after[0].id, before[1].id) << "the one at 300, now the surest";
  EXPECT_EQ(after[1].id, before[0].id);
  EXPECT_EQ(after[0].ageSeconds, 0);
}

TEST(PossibleZones, AWeakFindingIsShownWhenItIsFoundAgain) {
  PossibleZones zones;
  zones.add(found({at(100, 80, 0.35)}), pose(), 1.0);
  EXPECT_TRUE(zones.process(pose(), 1.1).empty());
  zones.add(found({at(102, 80, 0.35)}), pose(), 1.4);
  EXPECT_EQ(zones.process(pose(), 1.4).size(), 1u);
}

TEST(PossibleZones, DismissedStaysHiddenWhereverItsTissueGoes) {
  PossibleZones zones;
  zones.add(found({at(100, 80), at(300, 80)}), pose(), 1.0);
  const auto shown = zones.process(pose(), 1.0);
  EXPECT_FALSE(zones.dismiss(77));
  ASSERT_TRUE(zones.dismiss(shown[0].id));
  EXPECT_EQ(zones.dismissed(), 1u);
  EXPECT_EQ(zones.process(pose(), 1.0).size(), 1u);
  zones.add(found({at(160, 80), at(360, 80)}), pose(60, 0), 1.4);
  const auto later = zones.process(pose(60, 0), 1.4);
  ASSERT_EQ(later.size(), 1u);
  EXPECT_NEAR(middle(later[0]).x(), 360, 1e-9);
  zones.add(found({at(160, 80, 0.9, StructureKind::Nerve)}), pose(60, 0), 1.5);
  EXPECT_EQ(zones.process(pose(60, 0), 1.5).size(), 2u) << "no vessel is not no nerve";
}

TEST(PossibleZones, ANewEpochForgetsAndAnOldOneIsNotBelieved) {
  PossibleZones zones;
  zones.add(found({at(100, 80)}), pose(0, 0, 1), 1.0);
  zones.dismiss(zones.process(pose(0, 0, 1), 1.0)[0].id);
  zones.add(found({at(300, 80)}), pose(0, 0, 1), 1.1);
  EXPECT_TRUE(zones.process(pose(0, 0, 2), 1.1).empty());
  EXPECT_EQ(zones.dismissed(), 0u) << "nobody knows where it is";
  zones.add(found({at(100, 80)}), pose(0, 0, 1), 1.2);
  EXPECT_TRUE(zones.process(pose(0, 0, 2), 1.2).empty());
  EXPECT_TRUE(zones.process(pose(0, 0, 1), 1.2).empty());
}

TEST(PossibleZones, AnotherFirstPictureOfTheSameTissueMovesThemOver) {
  PossibleZones zones;
  zones.add(found({at(100, 80)}), pose(20, 0, 1), 1.0);
  zones.rebase(2, Affine2d(Eigen::Translation2d(50, 0)));  // the tissue had moved by 50 until then
  const auto now = zones.process(pose(0, 0, 2), 1.1);
  ASSERT_EQ(now.size(), 1u);
  EXPECT_NEAR(middle(now[0]).x(), 130, 1e-9);
}

TEST(PossibleZones, WhatIsNotSureIsNotKept) {
  PossibleZones zones;
  imaging::Structures strange = found({at(100, 80)});
  strange.sure = false;
  zones.add(strange, pose(), 1.0);
  TissuePose lost = pose();
  lost.sure = false;
  zones.add(found({at(100, 80)}), lost, 1.0);
  zones.add(found({at(100, 80)}), {}, 1.0);
  EXPECT_TRUE(zones.process(pose(), 1.0).empty());
}

TEST(PossibleZones, AtMostTheSurestTwelve) {
  PossibleZones zones;
  std::vector<imaging::PossibleStructure> many;
  for (int i = 0; i < 40; ++i) many.push_back(at(30.0 * i, 80, 0.9 - 0.01 * i));
  zones.add(found(many), pose(), 1.0);
  const auto shown = zones.process(pose(), 1.0);
  ASSERT_EQ(shown.size(), 12u);
  EXPECT_DOUBLE_EQ(shown.front().confidence, 0.9);
}

TEST(PossibleZones, AClickMeansTheSmallestThatHoldsIt) {
  std::vector<PossibleZone> zones(2);
  zones[0].outlinePx = {{0, 0}, {100, 0}, {100, 100}, {0, 100}};
  zones[1].outlinePx = {{40, 40}, {60, 40}, {60, 60}, {40, 60}};
  EXPECT_EQ(zoneAt(zones, {50, 50}), &zones[1]);
  EXPECT_EQ(zoneAt(zones, {20, 50}), &zones[0]);
  EXPECT_EQ(zoneAt(zones, {120, 50}), nullptr);
}

}  // namespace
}  // namespace acuguide::tracking
