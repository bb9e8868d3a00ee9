#pragma once

#include "ui/scene/canvas.h"
#include "ui/scene/label_raster.h"

#include <memory>
#include <vector>

class vtkRenderer;

namespace acuguide::ui {

/// Puts a canvas's labels on the screen: rasters them, places them, one textured rectangle each.
class LabelLayer {
 public:
  explicit LabelLayer(vtkRenderer* renderer);
  ~LabelLayer();

  void update(const Canvas& canvas);

 private:
  struct Sprite;
  Sprite& sprite(std::size_t index);

  vtkRenderer* renderer_;
  LabelRaster raster_;
  std::vector<std::unique_ptr<Sprite>> sprites_;
};

}  // namespace acuguide::ui
