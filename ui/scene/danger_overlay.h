#pragma once

#include "planning/guidance.h"
#include "ui/scene/canvas.h"

namespace acuguide::ui {

/// What must not be touched: each zone's outline, hatched along its inner edge so that the structure stays to
/// be seen, with its name, and "?" behind it when software found it. The zone whose margin is broken has a
/// heavier outline.
void drawDangers(const planning::Plan& plan, const planning::Guidance& guidance, Canvas& canvas);

}  // namespace acuguide::ui
