#pragma once

#include "core/frame.h"
#include "ui/scene/picture_layout.h"

#include <memory>

class vtkRenderer;

namespace acuguide::ui {

/// The ultrasound picture itself: a textured rectangle, smooth when enlarged. Pixels are handed to the
/// graphics driver from the frame's own memory where they are grey; colour is copied once, to turn BGR into
/// RGB.
class PictureLayer {
 public:
  explicit PictureLayer(vtkRenderer* renderer);
  ~PictureLayer();

  /// Null: nothing to show.
  void update(const std::shared_ptr<const Frame>& frame, const PictureLayout& layout);

 private:
  struct Quad;
  std::unique_ptr<Quad> quad_;
};

}  // namespace acuguide::ui
