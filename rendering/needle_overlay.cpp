#include "rendering/needle_overlay.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace acuguide::rendering {
namespace {

constexpr double kDashPx = 14;
constexpr double kGapPx = 9;
constexpr double kTipDashPx = 5;
constexpr double kTipGapPx = 4;
/// A wider circle would say nothing more and hide tissue.
constexpr double kLargestTipPx = 60;
constexpr double kFarBarPx = 7;  // half of the bar at the far end
constexpr double kBladeGapPx = 7;
constexpr double kBladeHalfPx = 13;
constexpr double kBladeRingPx = 6;
constexpr double kBladeDotPx = 2;
constexpr double kLeastInImage = 0.35;  // a shorter bar would not tell its direction
constexpr double kClearRoundTipPx = 10;
constexpr double kTrackedDotPx = 3;
constexpr double kTrackedGapPx = 6;
constexpr double kTrackedTipPx = 6;

void keepLabelsOff(const Eigen::Vector2d& from, const Eigen::Vector2d& to, Canvas& canvas) {
  const double radius = canvas.units(6);
  const int pieces = std::max(1, static_cast<int>((to - from).norm() / (2 * radius)));
  for (int i = 0; i <= pieces; ++i) canvas.keep(from + (to - from) * i / pieces, radius);
}

/// How far the tip may be: dotted on from its circle to a bar across the line.
void drawFarEnd(const Eigen::Vector2d& tip, const Eigen::Vector2d& far, double radius, Canvas& canvas) {
  const Eigen::Vector2d axis = (far - tip).normalized();
  const Eigen::Vector2d across = canvas.units(kFarBarPx) * Eigen::Vector2d(-axis.y(), axis.x());
  Stroke line = canvas.stroke(palette::kNeedle, palette::kTipLinePx);
  canvas.ink.line(far - across, far + across, line);
  line.dash = canvas.units(kTipDashPx);
  line.gap = canvas.units(kTipGapPx);
  canvas.ink.line(tip + radius * axis, far, line);
  keepLabelsOff(tip, far, canvas);
}

/// The circle is what the tip may be off to all sides; what it may be off along the shaft only is drawn
/// there.
double tipRadius(const tracking::NeedleTrack& needle, const Canvas& canvas) {
  const bool bounded = needle.tipAheadPx > 0 || needle.tipBehindPx > 0;
  const double sigma =
      bounded ? std::min(needle.tipAheadPx, needle.tipBehindPx) / tracking::kInterval95 : needle.tipSigmaPx();
  return std::clamp(sigma * canvas.layout.meanScale(), canvas.units(palette::kTipRadiusPx),
                    canvas.units(kLargestTipPx));
}

}  // namespace

void drawNeedle(const tracking::NeedleTrack& needle, Canvas& canvas) {
  if (needle.state == tracking::NeedleState::None) return;
  const bool predicted = needle.state == tracking::NeedleState::Predicted;
  const Eigen::Vector2d tip = canvas.layout.toView(needle.tipPx);
  const Eigen::Vector2d tail = canvas.layout.toView(needle.tailPx);
  const double scale = canvas.layout.meanScale();
  const double radius = tipRadius(needle, canvas);

  Stroke shaft = canvas.stroke(palette::kNeedle, palette::kNeedleLinePx);
  Stroke ring = canvas.stroke(palette::kNeedle, palette::kTipLinePx);
  if (predicted) {
    shaft.dash = canvas.units(kDashPx);
    shaft.gap = canvas.units(kGapPx);
    ring.dash = canvas.units(kTipDashPx);
    ring.gap = canvas.units(kTipGapPx);
  }
  // The line stops at the circle: the tip itself stays to be seen.
  const double length = (tip - tail).norm();
  if (length > radius) canvas.ink.line(tail, tip + (tail - tip) * (radius / length), shaft);
  canvas.ink.circle(tip, radius, ring);
  if (needle.tipAheadPx * scale > radius)
    drawFarEnd(tip, canvas.layout.toView(needle.farTipPx()), radius, canvas);

  canvas.keep(tip, radius + canvas.units(kClearRoundTipPx));
  keepLabelsOff(tail, tip, canvas);
}

void drawBlade(const tracking::NeedleTrack& needle, double clock, Canvas& canvas) {
  if (needle.state == tracking::NeedleState::None) return;
  const Eigen::Vector2d tip = canvas.layout.toView(needle.tipPx);
  const Eigen::Vector2d back = (canvas.layout.toView(needle.tailPx) - tip).normalized();
  if (!back.allFinite()) return;
  const Eigen::Vector2d across(-back.y(), back.x());
  const Stroke line = canvas.stroke(palette::kAccent, palette::kTipLinePx);
  const double inImage = std::abs(std::sin(clock));
  const Eigen::Vector2d at = tip + (tipRadius(needle, canvas) + canvas.units(kBladeGapPx)) * back;
  if (inImage < kLeastInImage) {
    canvas.ink.circle(at, canvas.units(kBladeRingPx), line);
    canvas.ink.disc(at, canvas.units(kBladeDotPx), palette::kAccent, 0);
    return;
  }
  const Eigen::Vector2d half = inImage * canvas.units(kBladeHalfPx) * across;
  const Eigen::Vector2d apart = canvas.lines(kBladeGapPx / 2) * back;
  for (const double side : {-1.0, 1.0})
    canvas.ink.line(at + side * apart - half, at + side * apart + half, line);
}

void drawTrackedNeedle(const tracking::TrackedNeedle& needle, Canvas& canvas) {
  const Eigen::Vector2d tip = canvas.layout.toView(needle.tipPx), tail = canvas.layout.toView(needle.shaftPx);
  Stroke line = canvas.stroke(palette::kNeedle, palette::kTipLinePx);
  const double half = canvas.units(kTrackedTipPx);
  const Eigen::Vector2d right(half, 0), down(0, half);
  canvas.ink.line(tip - right - down, tip + right - down, line);
  canvas.ink.line(tip + right - down, tip + right + down, line);
  canvas.ink.line(tip + right + down, tip - right + down, line);
  canvas.ink.line(tip - right + down, tip - right - down, line);
  line.dash = canvas.units(kTrackedDotPx);
  line.gap = canvas.units(kTrackedGapPx);
  if ((tail - tip).norm() > half) canvas.ink.line(tail, tip + (tail - tip).normalized() * half, line);
  canvas.keep(tip, half);

  std::array<char, 32> text{"T"};
  // The circled cross and dot of physics: away from and towards the one who looks.
  if (!needle.tipInPlane)
    std::snprintf(text.data(), text.size(), "T %s %.1f mm", needle.tipThroughMm > 0 ? "\u2297" : "\u2299",
                  std::abs(needle.tipThroughMm));
  const double gap = 2 * half;
  canvas.labels.push_back({.text = text.data(),
                           .colour = palette::kNeedle,
                           .sizePx = canvas.units(palette::kPictureLabelPx),
                           .bold = true,
                           .anchors = {{{tip.x() + gap, tip.y()}, {0, 0.5}},
                                       {{tip.x(), tip.y() + gap}, {0.5, 0}},
                                       {{tip.x() - gap, tip.y()}, {1, 0.5}}}});
}

}  // namespace acuguide::rendering
