#pragma once

#include "planning/guidance.h"
#include "ui/scene/canvas.h"

namespace acuguide::ui {

/// The frame round the picture: none without a needle, thin cyan on approach, thick green on course, broken
/// yellow off course, double green at the target, heaviest red to stop. Its form says the same as its colour.
void drawStateFrame(planning::GuidanceState state, Canvas& canvas);

}  // namespace acuguide::ui
