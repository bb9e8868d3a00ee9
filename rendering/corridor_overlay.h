#pragma once

#include "rendering/canvas.h"

#include <vector>

namespace acuguide::rendering {

/// The way to the target: the two long sides of the corridor's outline (guidance::Guidance::corridorPx) as
/// thin lines.
void drawCorridor(const std::vector<Eigen::Vector2d>& corridorPx, Canvas& canvas);

}  // namespace acuguide::rendering
