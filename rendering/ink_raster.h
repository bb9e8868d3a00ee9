#pragma once

#include "rendering/ink.h"
#include "rendering/pixels.h"

namespace acuguide::rendering {

/// Draws ink, in its order, inside `clip`. A pixel belongs to the one triangle that holds its centre: no
/// gaps, no double ink; softness comes from the ink's own transparent edges.
void drawInk(const Ink& ink, Pixels& onto, const cv::Rect& clip);
void drawInk(const Ink& ink, Pixels& onto);

}  // namespace acuguide::rendering
