#include "rendering/ink.h"

#include <gtest/gtest.h>

#include <cmath>

namespace acuguide::rendering {
namespace {

/// Area covered by the triangles, weighted with their mean opacity.
double inkedArea(const Ink& ink) {
  double area = 0;
  for (std::size_t i = 0; i < ink.triangles().size(); i += 3) {
    const Ink::Vertex& a = ink.vertices()[ink.triangles()[i]];
    const Ink::Vertex& b = ink.vertices()[ink.triangles()[i + 1]];
    const Ink::Vertex& c = ink.vertices()[ink.triangles()[i + 2]];
    const double twice =
        std::abs(double(b.x - a.x) * double(c.y - a.y) - double(c.x - a.x) * double(b.y - a.y));
    area += twice / 2 * (a.rgba[3] + b.rgba[3] + c.rgba[3]) / 3 / 255;
  }
  return area;
}

TEST(Ink, LineHasItsWidthAndLength) {
  Ink ink;
  ink.line({10, 10}, {110, 10}, {.colour = palette::kNeedle, .width = 4});
  EXPECT_NEAR(inkedArea(ink), 400, 8);
}

TEST(Ink, LineThinnerThanAPixelIsFainterNotGone) {
  Ink ink;
  ink.line({10, 10}, {110, 10}, {.colour = palette::kNeedle, .width = 0.5});
  EXPECT_GT(inkedArea(ink), 20);
  EXPECT_LT(inkedArea(ink), 80);
}

TEST(Ink, HaloLiesUnderTheLineAndAroundIt) {
  Ink ink;
  ink.line({10, 10}, {110, 10}, {.colour = palette::kNeedle, .width = 4, .halo = 2});
  ASSERT_FALSE(ink.vertices().empty());
  EXPECT_EQ(ink.vertices().front().rgba[0], palette::kHalo.red);
  EXPECT_EQ(ink.vertices().back().rgba[0], palette::kNeedle.red);
  float least = 1e9F;
  for (const Ink::Vertex& vertex : ink.vertices()) least = std::min(least, vertex.y);
  EXPECT_NEAR(least, 10 - 4 - 0.5, 1e-4);
}

TEST(Ink, DashesCoverTheirShare) {
  Ink ink;
  ink.line({0, 0}, {1000, 0}, {.colour = palette::kNeedle, .width = 4, .dash = 15, .gap = 10});
  EXPECT_NEAR(inkedArea(ink), 4 * 1000 * 15.0 / 25, 40);
}

TEST(Ink, DashesRunThroughCorners) {
  Ink ink;
  const std::vector<Eigen::Vector2d> zigzag{{0, 0}, {7, 0}, {7, 7}, {14, 7}, {14, 14}, {500, 14}};
  ink.polyline(zigzag, {.colour = palette::kNeedle, .width = 2, .dash = 10, .gap = 10});
  EXPECT_NEAR(inkedArea(ink), 2 * (28 + 486) / 2.0, 30);
}

TEST(Ink, CircleIsARing) {
  Ink ink;
  ink.circle({50, 50}, 20, {.colour = palette::kTarget, .width = 3});
  EXPECT_NEAR(inkedArea(ink), 2 * M_PI * 20 * 3, 10);
  for (const Ink::Vertex& vertex : ink.vertices())
    EXPECT_NEAR(std::hypot(vertex.x - 50, vertex.y - 50), 20, 2.2);
}

TEST(Ink, PathsWithoutLengthDrawNothing) {
  Ink ink;
  ink.line({5, 5}, {5, 5}, {.colour = palette::kNeedle, .width = 3, .halo = 1});
  ink.polyline({}, {.colour = palette::kNeedle});
  EXPECT_TRUE(ink.triangles().empty());
}

TEST(Ink, SharpTurnsDoNotShootOut) {
  Ink ink;
  const std::vector<Eigen::Vector2d> spike{{0, 0}, {100, 0}, {0, 0.5}};
  ink.polyline(spike, {.colour = palette::kNeedle, .width = 4});
  for (const Ink::Vertex& vertex : ink.vertices()) EXPECT_LT(vertex.x, 106);
}

}  // namespace
}  // namespace acuguide::rendering
