#pragma once

#include "ui/scene/canvas.h"
#include "ui/scene/label_raster.h"
#include "ui/scene/pixels.h"

namespace acuguide::ui {

/// A canvas's labels: rasters them, places them, draws them.
class LabelLayer {
 public:
  void draw(const Canvas& canvas, Pixels& onto);

 private:
  LabelRaster raster_;
};

}  // namespace acuguide::ui
