#pragma once

#include "guidance/guidance.h"
#include "rendering/canvas.h"

#include <optional>

namespace acuguide::rendering {

/// The target as a yellow cross in a ring; the cross is open in the middle, so that the tissue there stays to
/// be seen. The ring is the plan's tolerance where that is known (picture pixels) and not too small to see.
void drawTarget(const guidance::TargetInPicture& target, std::optional<double> tolerancePx, Canvas& canvas);

}  // namespace acuguide::rendering
