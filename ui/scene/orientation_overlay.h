#pragma once

#include "imaging/frame_analysis.h"
#include "ui/scene/canvas.h"

namespace acuguide::ui {

/// Which way the picture lies: a dot and L in its left corner at the transducer, R in the right one. Left and
/// right are the picture's own.
void drawOrientation(const imaging::ImagingRegion& region, Canvas& canvas);

}  // namespace acuguide::ui
