#pragma once

#include "navigation/guidance_snapshot.h"
#include "rendering/canvas.h"

namespace acuguide::rendering {

/// The plan's acupoint where a tracked probe sees it: an upright cross in a ring of its uncertainty when the
/// beam holds it, else its foot in the picture as a dashed ring; an arrow from the middle of the picture's
/// upper part to a foot that lies outside. With its code and the way the probe has to go. Nothing where the
/// plan has none.
void drawPoint(const navigation::GuidanceSnapshot& snapshot, Canvas& canvas);

}  // namespace acuguide::rendering
