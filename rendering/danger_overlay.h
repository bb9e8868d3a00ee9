#pragma once

#include "guidance/guidance.h"
#include "rendering/canvas.h"
#include "tracking/possible_zones.h"

#include <vector>

namespace acuguide::rendering {

/// What must not be touched: each zone's outline, hatched along its inner edge so that the structure stays to
/// be seen, with its name, and "?" behind it when software found it. The zone whose margin is broken has a
/// heavier outline.
void drawDangers(const planning::Plan& plan, const guidance::Guidance& guidance, Canvas& canvas);

/// What may be a nerve or vessel: a dashed outline without hatching, and "nerve?" or "vessel?". The one whose
/// margin the blade is in has a heavier outline. `guidance` may be null.
void drawPossible(const std::vector<tracking::PossibleZone>& zones, const guidance::Guidance* guidance,
                  Canvas& canvas);

}  // namespace acuguide::rendering
