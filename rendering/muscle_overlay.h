#pragma once

#include "core/frame.h"
#include "imaging/frame_analysis.h"
#include "rendering/canvas.h"

namespace acuguide::rendering {

/// The muscle between the two aponeuroses, measured: a caliper across it with its thickness, and a piece of
/// the fibres' direction with the pennation, each with what it may be off by (95 %). Where nothing is
/// measured it says so.
void drawMuscle(const imaging::FrameAnalysis& analysis, const ImageGeometry& geometry, Canvas& canvas);

}  // namespace acuguide::rendering
