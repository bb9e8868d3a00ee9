#include "rendering/point_overlay.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace acuguide::rendering {
namespace {

using guidance::PointInPicture;

constexpr double kRingPx = 12;
constexpr double kLargestRingPx = 60;
constexpr double kDashPx = 5;
constexpr double kHeadPx = 12;
constexpr double kArrowPx = 46;

std::string wayOf(const PointInPicture& point) {
  std::array<char, 80> text{};
  // The circled cross and dot of physics: away from and towards the one who looks.
  if (!point.inPlane)
    std::snprintf(text.data(), text.size(), "%s %.1f mm", point.throughMm > 0 ? "\u2297" : "\u2299",
                  std::abs(point.throughMm));
  std::string way = text.data();
  if (point.inRegion) return way;
  std::snprintf(text.data(), text.size(), "%s%s %.1f mm", way.empty() ? "" : "  ",
                point.rightMm > 0 ? "\u2192" : "\u2190", std::abs(point.rightMm));
  return way + text.data();
}

void drawArrow(const Eigen::Vector2d& from, const Eigen::Vector2d& to, const Stroke& stroke, Canvas& canvas) {
  const Eigen::Vector2d along = (to - from).normalized(), side(-along.y(), along.x());
  const double head = canvas.units(kHeadPx);
  canvas.ink.line(from, to, stroke);
  canvas.ink.line(to, to - head * along + 0.6 * head * side, stroke);
  canvas.ink.line(to, to - head * along - 0.6 * head * side, stroke);
}

}  // namespace

void drawPoint(const navigation::GuidanceSnapshot& snapshot, Canvas& canvas) {
  if (!snapshot.point || !snapshot.plan || !snapshot.frame) return;
  const auto* point = std::get_if<PointInPicture>(&*snapshot.point);
  if (point == nullptr) return;
  Stroke stroke = canvas.stroke(palette::kTarget, palette::kTargetLinePx);
  const cv::Rect2d room = canvas.uncovered();
  const double edge = canvas.units(kArrowPx);
  Eigen::Vector2d at = canvas.layout.toView(point->px);
  if (point->inRegion) {
    const auto& spacing = snapshot.frame->geometry.spacingMm;
    const double known = spacing ? point->radius95Mm / spacing->mean() * canvas.layout.meanScale() : 0.0;
    const double radius = std::clamp(known, canvas.units(kRingPx), canvas.units(kLargestRingPx));
    if (!point->inPlane) stroke.dash = stroke.gap = canvas.units(kDashPx);
    canvas.ink.circle(at, radius, stroke);
    if (point->inPlane) {
      const double arm = canvas.units(kRingPx) * 0.7;
      canvas.ink.line(at - Eigen::Vector2d(arm, 0), at + Eigen::Vector2d(arm, 0), stroke);
      canvas.ink.line(at - Eigen::Vector2d(0, arm), at + Eigen::Vector2d(0, arm), stroke);
    }
    canvas.keep(at, radius);
  } else {
    const Eigen::Vector2d inside(std::clamp(at.x(), room.x + edge, room.x + room.width - edge),
                                 std::clamp(at.y(), room.y + edge, room.y + room.height - edge));
    const Eigen::Vector2d way = at - inside;
    if (way.norm() > 1e-6)
      drawArrow(inside, inside + canvas.units(kArrowPx * 0.7) * way.normalized(), stroke, canvas);
    canvas.keep(inside, edge);
    at = inside;
  }
  const double gap = canvas.units(kRingPx + 8);
  canvas.labels.push_back({.text = snapshot.plan->acupoint + "  " + wayOf(*point),
                           .colour = palette::kTarget,
                           .sizePx = canvas.units(palette::kPictureLabelPx),
                           .bold = true,
                           .anchors = {{{at.x() + gap, at.y()}, {0, 0.5}},
                                       {{at.x() - gap, at.y()}, {1, 0.5}},
                                       {{at.x(), at.y() + gap}, {0.5, 0}},
                                       {{at.x(), at.y() - gap}, {0.5, 1}}}});
}

}  // namespace acuguide::rendering
