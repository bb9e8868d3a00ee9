#pragma once

#include "tracking/needle_track.h"
#include "ui/scene/canvas.h"

namespace acuguide::ui {

/// The shaft as a white line, solid when observed, dashed when predicted, ending at the open circle round the
/// tip, whose radius is the tip's uncertainty (one standard deviation). Nothing when there is no needle.
void drawNeedle(const tracking::NeedleTrack& needle, Canvas& canvas);

}  // namespace acuguide::ui
