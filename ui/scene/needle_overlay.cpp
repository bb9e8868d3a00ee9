#include "ui/scene/needle_overlay.h"

#include <algorithm>

namespace acuguide::ui {
namespace {

constexpr double kDashPx = 14;
constexpr double kGapPx = 9;
constexpr double kTipDashPx = 5;
constexpr double kTipGapPx = 4;
/// A wider circle would say nothing more and hide tissue.
constexpr double kLargestTipPx = 60;
constexpr double kClearRoundTipPx = 10;

void keepLabelsOff(const Eigen::Vector2d& from, const Eigen::Vector2d& to, Canvas& canvas) {
  const double radius = canvas.units(6);
  const int pieces = std::max(1, static_cast<int>((to - from).norm() / (2 * radius)));
  for (int i = 0; i <= pieces; ++i) canvas.keep(from + (to - from) * i / pieces, radius);
}

}  // namespace

void drawNeedle(const tracking::NeedleTrack& needle, Canvas& canvas) {
  if (needle.state == tracking::NeedleState::None) return;
  const bool predicted = needle.state == tracking::NeedleState::Predicted;
  const Eigen::Vector2d tip = canvas.layout.toView(needle.tipPx);
  const Eigen::Vector2d tail = canvas.layout.toView(needle.tailPx);
  const double radius = std::clamp(needle.tipSigmaPx() * canvas.layout.meanScale(),
                                   canvas.units(palette::kTipRadiusPx), canvas.units(kLargestTipPx));

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

  canvas.keep(tip, radius + canvas.units(kClearRoundTipPx));
  keepLabelsOff(tail, tip, canvas);
}

}  // namespace acuguide::ui
