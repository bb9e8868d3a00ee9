#pragma once

#include "planning/plan.h"
#include "rendering/canvas.h"

namespace acuguide::rendering {

/// LEFT or RIGHT, the side of the body that is treated, in large letters one below the other at the same edge
/// of the picture: a wrong side is the mistake to be seen. Nothing for a plan without a point of the body.
void drawBodySide(const planning::Plan& plan, Canvas& canvas);

}  // namespace acuguide::rendering
