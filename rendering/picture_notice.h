#pragma once

#include "navigation/guidance_snapshot.h"
#include "rendering/canvas.h"

namespace acuguide::rendering {

/// Says over the picture, in letters nobody can miss, when it is not the present: stale (with its age),
/// frozen, paused, ended, or none at all. A stale picture is dimmed and striped besides. Nothing while the
/// picture is live. `now`: monotonicSeconds().
void drawPictureNotice(const navigation::GuidanceSnapshot& snapshot, double now, Canvas& canvas);

}  // namespace acuguide::rendering
