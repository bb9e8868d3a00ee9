#include "ui/scene/corridor_overlay.h"

namespace acuguide::ui {

void drawCorridor(const std::vector<Eigen::Vector2d>& corridorPx, Canvas& canvas) {
  if (corridorPx.size() < 3) return;
  std::vector<Eigen::Vector2d> corners;
  corners.reserve(corridorPx.size());
  for (const Eigen::Vector2d& px : corridorPx) corners.push_back(canvas.layout.toView(px));
  const Stroke stroke = canvas.stroke(palette::kCorridor, palette::kCorridorLinePx);
  if (corners.size() != 4) {
    canvas.ink.outline(corners, stroke);
    return;
  }
  const auto length = [&](std::size_t side) { return (corners[(side + 1) % 4] - corners[side]).norm(); };
  const std::size_t side = length(0) + length(2) >= length(1) + length(3) ? 0 : 1;
  canvas.ink.line(corners[side], corners[side + 1], stroke);
  canvas.ink.line(corners[side + 2], corners[(side + 3) % 4], stroke);
}

}  // namespace acuguide::ui
