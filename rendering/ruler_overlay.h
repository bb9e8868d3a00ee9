#pragma once

#include "core/frame.h"
#include "imaging/frame_analysis.h"
#include "rendering/canvas.h"

namespace acuguide::rendering {

/// Depth below the transducer face at the left edge of the ultrasound picture: millimetres, or pixels where
/// the spacing is not known (and it says which).
void drawRuler(const ImageGeometry& geometry, const imaging::ImagingRegion& region, Canvas& canvas);

/// The part of the view that holds the ultrasound picture proper; the whole picture where that is not known.
cv::Rect2d regionInView(const imaging::ImagingRegion& region, const PictureLayout& layout);

}  // namespace acuguide::rendering
