#include "rendering/hint_glyph.h"

#include "core/units.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace acuguide::rendering {
namespace {

using Eigen::Vector2d;
using guidance::Hint;

// Shares of the box's side.
constexpr double kNeedleLength = 0.72;
constexpr double kShift = 0.30;
constexpr double kArrowLength = 0.34;
constexpr double kHeadLength = 0.16;
constexpr double kNeedleWidth = 0.075;
constexpr double kArrowWidth = 0.065;
/// More than the amount: a turn of 4 degrees would not be seen.
constexpr double kTurn = radians(26.0);

Vector2d turned(const Vector2d& direction, double angle) {
  return {direction.x() * std::cos(angle) - direction.y() * std::sin(angle),
          direction.x() * std::sin(angle) + direction.y() * std::cos(angle)};
}

class Drawing {
 public:
  Drawing(const cv::Rect2d& box, Ink& ink)
      : side_(std::min(box.width, box.height)),
        centre_(box.x + box.width / 2, box.y + box.height / 2),
        ink_(ink) {}

  Vector2d at(const Vector2d& shares) const { return centre_ + side_ * shares; }

  void needle(const Vector2d& from, const Vector2d& to, bool wanted) {
    Stroke stroke = line(wanted ? palette::kAccent : palette::kNeedle, kNeedleWidth);
    if (wanted) {
      stroke.width *= 0.7;
      stroke.dash = 0.13 * side_;
      stroke.gap = 0.08 * side_;
    }
    ink_.line(at(from), at(to), stroke);
  }

  /// Along these points, with a head at the last.
  void arrow(const std::vector<Vector2d>& way, palette::Colour colour) {
    const Stroke stroke = line(colour, kArrowWidth);
    std::vector<Vector2d> points;
    for (const Vector2d& share : way) points.push_back(at(share));
    ink_.polyline(points, stroke);
    const Vector2d end = points.back(), along = (end - points[points.size() - 2]).normalized();
    for (const double angle : {radians(145.0), radians(-145.0)})
      ink_.line(end, end + kHeadLength * side_ * turned(along, angle), stroke);
  }

  void bar(double x) { ink_.line(at({x, -0.24}), at({x, 0.24}), line(palette::kText, 2.2 * kNeedleWidth)); }

 private:
  Stroke line(palette::Colour colour, double width) const {
    return {.colour = colour, .width = width * side_, .halo = 0.0};
  }

  double side_;
  Vector2d centre_;
  Ink& ink_;
};

/// Turned about its tip, which lies off the middle so that both fit.
void drawTurn(const HintGlyph& glyph, Drawing& drawing) {
  const Vector2d& direction = glyph.direction;
  // Steeper is towards straight away from the probe, on the side of it that the needle goes in by.
  const Vector2d upright(0, direction.y() < 0 ? -1 : 1);
  const double cross = direction.x() * upright.y() - direction.y() * upright.x();
  const double sign = (cross >= 0 ? 1 : -1) * (glyph.hint == Hint::Steeper ? 1 : -1);
  const Vector2d middle = turned(direction, sign * kTurn / 2);
  const Vector2d tip = kNeedleLength / 2 * middle;
  drawing.needle(tip - kNeedleLength * turned(direction, sign * kTurn), tip, true);
  drawing.needle(tip - kNeedleLength * direction, tip, false);
  std::vector<Vector2d> arc;
  for (const double part : {0.1, 0.5, 0.95})
    arc.emplace_back(tip - 0.85 * kNeedleLength * turned(direction, part * sign * kTurn));
  drawing.arrow(arc, palette::kAccent);
}

void drawShift(const HintGlyph& glyph, Drawing& drawing) {
  const double sign = glyph.hint == Hint::MoveRight ? 1 : -1;
  const Vector2d half = kNeedleLength / 2 * glyph.direction;
  const Vector2d now(-sign * kShift / 2, 0), then(sign * kShift / 2, 0);
  drawing.needle(then - half, then + half, true);
  drawing.needle(now - half, now + half, false);
  drawing.arrow({now, then + Vector2d(sign * 0.05, 0)}, palette::kAccent);
}

void drawAlong(const HintGlyph& glyph, Drawing& drawing) {
  const Vector2d& direction = glyph.direction;
  const bool advance = glyph.hint == Hint::Advance;
  const Vector2d end = 0.48 * direction;
  const double gap = 0.06;
  const double rest = 0.96 - kArrowLength - gap;
  if (advance) {
    drawing.needle(-end, -end + rest * direction, false);
    drawing.arrow({end - kArrowLength * direction, end}, palette::kAccent);
  } else {
    drawing.needle(end, end - rest * direction, false);
    drawing.arrow({-end + kArrowLength * direction, -end}, palette::kStop);
  }
}

}  // namespace

std::optional<HintGlyph> hintGlyph(const guidance::Guidance& guidance, const tracking::NeedleTrack& needle,
                                   const ImageGeometry& geometry) {
  if (guidance.hints.empty()) return std::nullopt;
  HintGlyph glyph{guidance.hints.front().hint, {0, 1}};
  if (glyph.hint == Hint::Hold) return glyph;
  if (needle.state == tracking::NeedleState::None) return std::nullopt;
  Vector2d direction = needle.tipPx - needle.tailPx;
  if (geometry.spacingMm) direction = direction.cwiseProduct(*geometry.spacingMm);
  if (!(direction.norm() > 0)) return std::nullopt;
  glyph.direction = direction.normalized();
  return glyph;
}

void drawHintGlyph(const HintGlyph& glyph, const cv::Rect2d& box, Ink& ink) {
  Drawing drawing(box, ink);
  switch (glyph.hint) {
    case Hint::Steeper:
    case Hint::Shallower:
      return drawTurn(glyph, drawing);
    case Hint::MoveLeft:
    case Hint::MoveRight:
      return drawShift(glyph, drawing);
    case Hint::Advance:
    case Hint::Withdraw:
      return drawAlong(glyph, drawing);
    case Hint::Hold:
      drawing.bar(-0.14);
      drawing.bar(0.14);
  }
}

}  // namespace acuguide::rendering
