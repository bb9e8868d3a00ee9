#include "volume/clearance.h"

#include <gtest/gtest.h>

namespace acuguide::volume {
namespace {

/// A square of 20 mm at depth y, about the origin.
TriangleMesh plate(float y) {
  return {{{-10, y, -10}, {10, y, -10}, {10, y, 10}, {-10, y, 10}}, {{0, 1, 2}, {0, 2, 3}}, {}};
}

TEST(Clearance, IsThatOfTheWholeBlade) {
  const BladePath path{{0, 0, 0}, {0, 15, 0}, 0.5};
  const auto found = clearances(path, {{"bone", plate(18)}, {"none", {}}});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NEAR(found[0].mm, 2.5, 1e-9);
  EXPECT_NEAR(found[0].depthMm, 15, 1e-9);

  // A vessel that is passed on the way: nearest half way down, not at the tip.
  const TriangleMesh passed{{{3, 7, -5}, {3, 7, 5}, {9, 7, 0}}, {{0, 1, 2}}, {}};
  const auto beside = clearances(path, {{"bone", plate(18)}, {"vessel1", passed}});
  EXPECT_EQ(beside[0].name, "bone");
  EXPECT_NEAR(beside[1].mm, 2.5, 1e-6);
  EXPECT_NEAR(beside[1].depthMm, 7, 1e-6);
}

TEST(Clearance, IsNegativeWhereTheBladeCuts) {
  const auto found = clearances({{2, 0, 1}, {4, 20, 3}, 0.4}, {{"fascia", plate(10)}});
  EXPECT_NEAR(found[0].mm, -0.4, 1e-6);
  EXPECT_NEAR(found[0].nearest.x(), 3, 1e-6);
  EXPECT_NEAR(found[0].nearest.y(), 10, 1e-6);
}

TEST(Clearance, OfASlantingWayBesideAnEdge) {
  // Skew lines 4 mm apart.
  const TriangleMesh edge{{{-10, 5, 4}, {10, 5, 4}, {0, 5, 30}}, {{0, 1, 2}}, {}};
  const auto found = clearances({{0, 0, 0}, {0, 10, 0}, 0.0}, {{"nerve1", edge}});
  EXPECT_NEAR(found[0].mm, 4, 1e-9);
  EXPECT_NEAR(found[0].depthMm, 5, 1e-9);
}

}  // namespace
}  // namespace acuguide::volume
