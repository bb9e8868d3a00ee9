#pragma once

#include "rendering/canvas.h"
#include "tracking/needle_track.h"
#include "tracking/tracked_needle.h"

namespace acuguide::rendering {

/// The shaft as a white line, solid when observed, dashed when predicted, ending at the open circle round the
/// tip, whose radius is the tip's uncertainty (one standard deviation, of the closer end of its interval).
/// Where the tip may be farther than that, a dotted line leads on to a bar at the far end. Nothing when there
/// is no needle.
void drawNeedle(const tracking::NeedleTrack& needle, Canvas& canvas);

/// How the blade's edge has to lie (`clock`, radians, as in planning/blade_direction.h), where it meets the
/// tip's circle: a pair of short bars across the shaft, as long as the edge looks in the image; where it lies
/// through the image, a small ring with a dot.
void drawBlade(const tracking::NeedleTrack& needle, double clock, Canvas& canvas);

/// Where the tracker has the needle, seen or not: a thin dotted line with the letter T, ending in a small
/// open square at the tip, with the way to the picture's plane where the tip lies outside the beam.
void drawTrackedNeedle(const tracking::TrackedNeedle& needle, Canvas& canvas);

}  // namespace acuguide::rendering
