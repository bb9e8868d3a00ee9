#pragma once

#include "ui/scene/ink.h"
#include "ui/scene/pixels.h"

namespace acuguide::ui {

/// Draws ink, in its order. A pixel belongs to the one triangle that holds its centre, so that neighbours
/// leave neither gaps nor double ink; softness comes from the ink's own transparent edges.
void drawInk(const Ink& ink, Pixels& onto);

}  // namespace acuguide::ui
