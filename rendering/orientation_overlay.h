#pragma once

#include "imaging/frame_analysis.h"
#include "rendering/canvas.h"

namespace acuguide::rendering {

/// Which way the picture lies: a dot and L in its left corner at the transducer, R in the right one. Left and
/// right are the picture's own.
void drawOrientation(const imaging::ImagingRegion& region, Canvas& canvas);

}  // namespace acuguide::rendering
