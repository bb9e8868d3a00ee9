#pragma once

#include "navigation/guidance_snapshot.h"
#include "ui/overlays.h"
#include "ui/scene/ink_layer.h"
#include "ui/scene/label_layer.h"
#include "ui/scene/picture_layer.h"
#include "ui/scene/picture_layout.h"

#include <memory>

class vtkRenderer;

namespace acuguide::ui {

/// The ultrasound picture with everything drawn over it, in one VTK renderer: what PictureView shows in a
/// window and OverlayImageRenderer writes to a file. What each overlay looks like is in the file named after
/// it.
class PictureScene {
 public:
  PictureScene();
  ~PictureScene();

  vtkRenderer* renderer() const;

  /// `now`: monotonicSeconds(), for the age of a stale picture.
  void update(const navigation::GuidanceSnapshot& snapshot, const Overlays& overlays,
              const PictureLayout& layout, double now);

 private:
  struct Stage;
  std::unique_ptr<Stage> stage_;
  PictureLayer picture_;
  InkLayer ink_;
  LabelLayer labels_;
};

/// The overlays of a snapshot, drawn in their order.
Canvas drawOverlays(const navigation::GuidanceSnapshot& snapshot, const Overlays& overlays,
                    const PictureLayout& layout, double now);

}  // namespace acuguide::ui
