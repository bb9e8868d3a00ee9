#pragma once

#include "rendering/ink.h"
#include "rendering/label.h"
#include "rendering/picture_layout.h"

#include <opencv2/core.hpp>

#include <vector>

namespace acuguide::rendering {

/// What the overlays draw on: each adds ink and labels in view coordinates; later ink lies over earlier ink.
struct Canvas {
  PictureLayout layout;
  Ink ink;
  std::vector<Label> labels;
  std::vector<cv::Rect2d> keepClear;  ///< where no label may lie: the tip, the target

  /// A stroke in device-independent pixels, with the halo every line in the picture has.
  Stroke stroke(palette::Colour colour, double width) const {
    return {.colour = colour, .width = width * layout.unit, .halo = palette::kHaloPx * layout.unit};
  }
  /// The picture less what the state frame covers of it where it has no room beside it.
  cv::Rect2d uncovered() const {
    const double room = units(palette::kStateFrameRoomPx);
    const cv::Rect2d whole(room, room, layout.view.width - 2 * room, layout.view.height - 2 * room);
    return layout.pictureRectangle() & whole;
  }
  double units(double deviceIndependent) const { return deviceIndependent * layout.unit; }
  void keep(const Eigen::Vector2d& centre, double radius) {
    keepClear.emplace_back(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius);
  }
};

}  // namespace acuguide::rendering
