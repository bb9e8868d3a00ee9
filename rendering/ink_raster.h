#pragma once

#include "rendering/ink.h"
#include "rendering/pixels.h"

namespace acuguide::rendering {

/// Draws ink, in its order. A pixel belongs to the one triangle that holds its centre, so that neighbours
/// leave neither gaps nor double ink; softness comes from the ink's own transparent edges.
void drawInk(const Ink& ink, Pixels& onto);

}  // namespace acuguide::rendering
