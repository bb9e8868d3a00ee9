#pragma once

#include "guidance/guidance.h"
#include "rendering/canvas.h"

namespace acuguide::rendering {

/// The frame round the picture: none without a needle, thin cyan on approach, thick green on course, broken
/// yellow off course, double green at the target, heaviest red to stop. Its form says the same as its colour.
void drawStateFrame(guidance::GuidanceState state, Canvas& canvas);

}  // namespace acuguide::rendering
