#include "imaging/structures/outline_share.h"

#include <gtest/gtest.h>

namespace acuguide::imaging {
namespace {

using Outline = std::vector<Eigen::Vector2d>;

Outline box(double x, double y, double width, double height) {
  return {{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}};
}

TEST(OutlineShare, IsOfTheFirstAndGoesFromNoneToAll) {
  const Outline small = box(100, 50, 20, 10);
  EXPECT_DOUBLE_EQ(shareInside(small, box(0, 0, 500, 500)), 1);
  EXPECT_DOUBLE_EQ(shareInside(small, box(200, 50, 20, 10)), 0);
  EXPECT_NEAR(shareInside(small, box(110, 0, 500, 500)), 0.5, 0.02);
  EXPECT_NEAR(shareInside(box(0, 0, 100, 100), box(0, 0, 50, 50)), 0.25, 0.02);
}

TEST(OutlineShare, WhatHasNoAreaSharesNothing) {
  EXPECT_EQ(shareInside({}, box(0, 0, 5, 5)), 0);
  EXPECT_EQ(shareInside(box(0, 0, 5, 5), {}), 0);
  EXPECT_EQ(shareInside({{1, 1}, {1, 1}, {1, 1}}, box(0, 0, 5, 5)), 0);
  EXPECT_EQ(shareInside(box(0, 0, 5, 5), {{-1e12, -1e12}, {1e12, -1e12}, {1e12, 1e12}, {-1e12, 1e12}}), 1);
}

}  // namespace
}  // namespace acuguide::imaging
