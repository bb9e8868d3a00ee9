#pragma once

#include "rendering/canvas.h"
#include "rendering/label_raster.h"
#include "rendering/pixels.h"

namespace acuguide::rendering {

/// A canvas's labels: rasters them, places them, draws them.
class LabelLayer {
 public:
  void draw(const Canvas& canvas, Pixels& onto);

 private:
  LabelRaster raster_;
};

}  // namespace acuguide::rendering
