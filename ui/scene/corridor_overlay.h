#pragma once

#include "ui/scene/canvas.h"

#include <vector>

namespace acuguide::ui {

/// The way to the target: the two long sides of the corridor's outline (planning::Guidance::corridorPx) as
/// thin lines.
void drawCorridor(const std::vector<Eigen::Vector2d>& corridorPx, Canvas& canvas);

}  // namespace acuguide::ui
