#include "planning/danger_zones.h"

#include "core/units.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace acuguide::planning {
namespace {

using Eigen::Vector2d;

DangerZone square() {
  DangerZone zone;
  zone.shape = Polygon{{{0, 10}, {10, 10}, {10, 20}, {0, 20}}};
  return zone;
}

DangerZone ellipse(double across, double along, double angleDeg) {
  DangerZone zone;
  zone.shape = Ellipse{{5, 15}, across, along, radians(angleDeg)};
  return zone;
}

Shaft shaft(Vector2d tip, Vector2d end, double halfWidth = 0) { return {tip, end, halfWidth}; }

TEST(DangerZones, TipOutsideAPolygon) {
  const Outline outline = outlineOf(square());
  EXPECT_DOUBLE_EQ(distanceTo(outline, shaft({-3, 15}, {-20, 15})), 3);
  EXPECT_DOUBLE_EQ(distanceTo(outline, shaft({-3, 6}, {-20, 6})), 5) << "to the corner";
  EXPECT_DOUBLE_EQ(distanceTo(outline, shaft({-3, 6}, {-20, 6}, 0.4)), 4.6) << "from the blade's side";
}

TEST(DangerZones, TheShaftCountsNotOnlyTheTip) {
  const Outline outline = outlineOf(square());
  EXPECT_DOUBLE_EQ(distanceTo(outline, shaft({30, 8}, {-30, 8})), 2) << "passes above the zone";
  EXPECT_DOUBLE_EQ(distanceTo(outline, shaft({30, 15}, {-30, 15})), 0) << "runs through it";
}

TEST(DangerZones, InsideIsZero) {
  const Outline outline = outlineOf(square());
  EXPECT_DOUBLE_EQ(distanceTo(outline, shaft({5, 15}, {5, 14})), 0);
  EXPECT_DOUBLE_EQ(distanceTo(outline, shaft({-0.3, 15}, {-9, 15}, 0.4)), 0) << "the blade's side touches";
}

TEST(DangerZones, AConcaveZoneHasItsBayFree) {
  DangerZone zone;
  zone.shape = Polygon{{{0, 0}, {10, 0}, {10, 10}, {6, 10}, {6, 2}, {4, 2}, {4, 10}, {0, 10}}};
  EXPECT_DOUBLE_EQ(distanceTo(outlineOf(zone), shaft({5, 8}, {5, 30})), 1);
}

TEST(DangerZones, EllipseByItsAxes) {
  const Outline outline = outlineOf(ellipse(4, 2, 0));
  EXPECT_NEAR(distanceTo(outline, shaft({15, 15}, {30, 15})), 6, 0.01);
  EXPECT_NEAR(distanceTo(outline, shaft({5, 5}, {5, 0})), 8, 0.01);
  EXPECT_EQ(distanceTo(outline, shaft({5, 15}, {5, 0})), 0);
}

TEST(DangerZones, EllipseRisesToTheRightTowardsTheProbe) {
  const Outline outline = outlineOf(ellipse(6, 1, 45));
  const Vector2d upRight(5 + 5 / std::sqrt(2), 15 - 5 / std::sqrt(2)),
      downRight(5 + 5 / std::sqrt(2), 15 + 5 / std::sqrt(2));
  EXPECT_EQ(distanceTo(outline, shaft(upRight, upRight + Vector2d(0.01, 0))), 0);
  EXPECT_NEAR(distanceTo(outline, shaft(downRight, downRight + Vector2d(1, 1))), 4, 0.02);
}

TEST(DangerZones, TheDrawnEllipseNeverOverstatesADistance) {
  const Outline outline = outlineOf(ellipse(3, 3, 0));
  for (int i = 0; i < 360; ++i) {
    const Vector2d out(std::cos(radians(i)), std::sin(radians(i)));
    const Vector2d tip = Vector2d(5, 15) + 8 * out;
    const double distance = distanceTo(outline, shaft(tip, tip + out));
    EXPECT_LE(distance, 5 + 1e-9);
    EXPECT_GT(distance, 5 - 0.004);
  }
}

}  // namespace
}  // namespace acuguide::planning
