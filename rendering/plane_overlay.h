#pragma once

#include "imaging/frame_analysis.h"
#include "rendering/canvas.h"

#include <vector>

namespace acuguide::rendering {

/// The tissue planes as thin green curves along their ridges, broken where they are not seen. The two
/// aponeuroses and the bone carry a letter at their right end (S, D, B); skin and other fascia are fainter
/// and carry none.
void drawPlanes(const std::vector<imaging::TissuePlane>& planes, Canvas& canvas);

}  // namespace acuguide::rendering
