#include "rendering/hint_glyph.h"

#include "core/units.h"
#include "rendering/needle_overlay.h"

#include <gtest/gtest.h>

#include <cmath>

namespace acuguide::rendering {
namespace {

using Eigen::Vector2d;
using guidance::Hint;

/// Middle of the ink of one colour; none where there is none.
std::optional<Vector2d> middle(const Ink& ink, palette::Colour colour) {
  Vector2d sum = Vector2d::Zero();
  int count = 0;
  for (const Ink::Vertex& vertex : ink.vertices()) {
    if (vertex.rgba[0] != colour.red || vertex.rgba[1] != colour.green || vertex.rgba[2] != colour.blue)
      continue;
    sum += Vector2d(vertex.x, vertex.y);
    ++count;
  }
  return count > 0 ? std::optional(Vector2d(sum / count)) : std::nullopt;
}

/// From the needle as it lies to what has to be done with it.
Vector2d way(Hint hint, const Vector2d& direction, palette::Colour colour = palette::kAccent) {
  Ink ink;
  drawHintGlyph({hint, direction.normalized()}, {0, 0, 100, 100}, ink);
  const auto now = middle(ink, palette::kNeedle), then = middle(ink, colour);
  EXPECT_TRUE(now && then) << static_cast<int>(hint);
  return now && then ? Vector2d(*then - *now) : Vector2d::Zero();
}

TEST(HintGlyph, GoesWhereTheNeedleHasToGoInThisImage) {
  const Vector2d right(std::cos(radians(30.0)), std::sin(radians(30.0)));
  const Vector2d left(-right.x(), right.y()), up(right.x(), -right.y());
  EXPECT_GT(way(Hint::MoveRight, right).x(), 5);
  EXPECT_LT(way(Hint::MoveLeft, right).x(), -5);
  // Steeper: its tail towards straight above the tip, from whichever side it comes.
  EXPECT_GT(way(Hint::Steeper, right).x(), 1);
  EXPECT_LT(way(Hint::Steeper, left).x(), -1);
  EXPECT_GT(way(Hint::Steeper, up).x(), 1) << "with the probe at the bottom";
  EXPECT_LT(way(Hint::Steeper, right).y(), -3);
  EXPECT_GT(way(Hint::Steeper, up).y(), 3);
  EXPECT_LT(way(Hint::Shallower, right).x(), 0);
  EXPECT_GT(way(Hint::Shallower, right).y(), 3);
  EXPECT_GT(way(Hint::Advance, right).dot(right), 10);
  EXPECT_LT(way(Hint::Withdraw, right, palette::kStop).dot(right), -10);
}

TEST(HintGlyph, FollowsTheNeedleInSquareMillimetres) {
  guidance::Guidance guidance;
  guidance.hints = {{guidance::Hint::Advance, 10, {}}};
  tracking::NeedleTrack needle;
  needle.state = tracking::NeedleState::Observed;
  needle.tailPx = {0, 0};
  needle.tipPx = {100, 100};
  ImageGeometry geometry;
  geometry.spacingMm = Vector2d(0.2, 0.1);
  const auto glyph = hintGlyph(guidance, needle, geometry);
  ASSERT_TRUE(glyph);
  EXPECT_NEAR(glyph->direction.x(), 2 / std::sqrt(5.0), 1e-9);
  needle.state = tracking::NeedleState::None;
  EXPECT_FALSE(hintGlyph(guidance, needle, geometry)) << "there is none to draw";
  guidance.hints.clear();
  EXPECT_FALSE(hintGlyph(guidance, needle, geometry));
}

/// Of a blade that lies in the image its whole edge is seen; of one through the image its end.
TEST(Blade, IsDrawnAsLongAsItsEdgeLooks) {
  tracking::NeedleTrack needle;
  needle.state = tracking::NeedleState::Observed;
  needle.tailPx = {100, 20};
  needle.tipPx = {100, 200};
  const auto width = [&](double clock) {
    Canvas canvas;
    canvas.layout = PictureLayout::enlarged({300, 300}, 1);
    drawBlade(needle, clock, canvas);
    float least = 1e9F, most = -1e9F;
    for (const Ink::Vertex& vertex : canvas.ink.vertices()) {
      EXPECT_LT(vertex.y, 195) << "nothing hides the tip";
      least = std::min(least, vertex.x);
      most = std::max(most, vertex.x);
    }
    return most - least;
  };
  EXPECT_GT(width(radians(90.0)), width(radians(35.0)) + 4);
  EXPECT_LT(width(radians(0.0)), 20);
  needle.state = tracking::NeedleState::None;
  EXPECT_LT(width(radians(90.0)), 0) << "without a needle nothing is drawn";
}

}  // namespace
}  // namespace acuguide::rendering
