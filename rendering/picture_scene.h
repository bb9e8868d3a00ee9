#pragma once

#include "navigation/guidance_snapshot.h"
#include "rendering/label_layer.h"
#include "rendering/overlays.h"
#include "rendering/picture_caption.h"
#include "rendering/picture_layer.h"
#include "rendering/picture_layout.h"
#include "rendering/pixels.h"

namespace acuguide::rendering {

/// The ultrasound picture with everything drawn over it: what PictureView shows in a window and
/// OverlayImageRenderer writes to a file. What each overlay looks like is in the file named after it.
class PictureScene {
 public:
  /// As large as the layout's view; good until the next call. `now`: monotonicSeconds(), for the age of a
  /// stale picture. `caption`: what is said in the picture besides; empty: nothing.
  const Pixels& draw(const navigation::GuidanceSnapshot& snapshot, const Overlays& overlays,
                     const PictureLayout& layout, double now, const Caption& caption = {});

 private:
  PictureLayer picture_;
  LabelLayer labels_;
  Pixels drawn_;
};

/// The overlays of a snapshot, drawn in their order.
Canvas drawOverlays(const navigation::GuidanceSnapshot& snapshot, const Overlays& overlays,
                    const PictureLayout& layout, double now);

}  // namespace acuguide::rendering
