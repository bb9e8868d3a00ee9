#include "rendering/target_overlay.h"

#include <algorithm>
#include <array>

namespace acuguide::rendering {
namespace {

constexpr double kLargestRingPx = 45;
constexpr double kArmInsidePx = 4;   // where the arms start, from the centre
constexpr double kArmOutsidePx = 6;  // how far they stand out of the ring
constexpr double kClearPx = 8;
constexpr double kUnsureDashPx = 5;
constexpr double kUnsureGapPx = 5;

}  // namespace

void drawTarget(const guidance::TargetInPicture& target, std::optional<double> tolerancePx, Canvas& canvas) {
  const Eigen::Vector2d centre = canvas.layout.toView(target.px);
  const double radius = std::clamp(tolerancePx.value_or(0) * canvas.layout.meanScale(),
                                   canvas.units(palette::kTargetRadiusPx), canvas.units(kLargestRingPx));
  Stroke stroke = canvas.stroke(palette::kTarget, palette::kTargetLinePx);
  if (!target.sure) {  // it may have left its tissue: shown, but not as known
    stroke.dash = canvas.units(kUnsureDashPx);
    stroke.gap = canvas.units(kUnsureGapPx);
  }
  canvas.ink.circle(centre, radius, stroke);
  const std::array<Eigen::Vector2d, 4> directions{Eigen::Vector2d::UnitX(), -Eigen::Vector2d::UnitX(),
                                                  Eigen::Vector2d::UnitY(), -Eigen::Vector2d::UnitY()};
  for (const Eigen::Vector2d& direction : directions) {
    canvas.ink.line(centre + direction * canvas.units(kArmInsidePx),
                    centre + direction * (radius + canvas.units(kArmOutsidePx)), stroke);
  }
  canvas.keep(centre, radius + canvas.units(kClearPx));
}

}  // namespace acuguide::rendering
