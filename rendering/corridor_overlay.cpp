#include "rendering/corridor_overlay.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace acuguide::rendering {
namespace {

using Segment = std::pair<Eigen::Vector2d, Eigen::Vector2d>;

/// The part of a line inside a rectangle (Liang and Barsky, ACM Trans. Graph. 3(1), 1984).
std::optional<Segment> inside(const Eigen::Vector2d& from, const Eigen::Vector2d& to,
                              const cv::Rect2d& area) {
  const Eigen::Vector2d along = to - from;
  const Eigen::Vector2d low(area.x, area.y), high(area.x + area.width, area.y + area.height);
  double enters = 0, leaves = 1;
  for (int axis = 0; axis < 2; ++axis) {
    if (along[axis] == 0) {
      if (from[axis] < low[axis] || from[axis] > high[axis]) return std::nullopt;
      continue;
    }
    const double a = (low[axis] - from[axis]) / along[axis];
    const double b = (high[axis] - from[axis]) / along[axis];
    enters = std::max(enters, std::min(a, b));
    leaves = std::min(leaves, std::max(a, b));
  }
  if (enters >= leaves) return std::nullopt;
  return Segment(from + enters * along, from + leaves * along);
}

}  // namespace

void drawCorridor(const std::vector<Eigen::Vector2d>& corridorPx, Canvas& canvas) {
  if (corridorPx.size() < 3) return;
  std::vector<Eigen::Vector2d> corners;
  corners.reserve(corridorPx.size());
  for (const Eigen::Vector2d& px : corridorPx) corners.push_back(canvas.layout.toView(px));
  const Stroke stroke = canvas.stroke(palette::kCorridor, palette::kCorridorLinePx);
  // A corridor may begin outside the picture; there is nothing to be seen of it there.
  const auto side = [&](std::size_t from, std::size_t to) {
    if (const auto seen = inside(corners[from], corners[to], canvas.uncovered()))
      canvas.ink.line(seen->first, seen->second, stroke);
  };
  if (corners.size() != 4) {
    for (std::size_t i = 0; i < corners.size(); ++i) side(i, (i + 1) % corners.size());
    return;
  }
  const auto length = [&](std::size_t i) { return (corners[(i + 1) % 4] - corners[i]).norm(); };
  const std::size_t first = length(0) + length(2) >= length(1) + length(3) ? 0 : 1;
  side(first, first + 1);
  side(first + 2, (first + 3) % 4);
}

}  // namespace acuguide::rendering
