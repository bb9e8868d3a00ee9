#pragma once

#include "rendering/ink.h"
#include "rendering/label.h"
#include "rendering/picture_layout.h"

#include <opencv2/core.hpp>

#include <algorithm>
#include <vector>

namespace acuguide::rendering {

/// What the overlays draw on: each adds ink and labels in view coordinates; later ink lies over earlier ink.
struct Canvas {
  PictureLayout layout;
  Ink ink;     ///< in the tissue: cut off at the edge of what is shown of the picture
  Ink beside;  ///< ruler, frame of the state, notices: over the ink, and beside the picture too
  std::vector<Label> labels;
  std::vector<cv::Rect2d> keepClear;  ///< where no label may lie: the tip, the target

  /// A stroke, its width in units of lines, with the halo of a pixel at least that every line in the picture
  /// has.
  Stroke stroke(palette::Colour colour, double width) const {
    return {.colour = colour, .width = lines(width), .halo = std::max(1.0, lines(palette::kHaloPx))};
  }
  /// What is shown of the picture less what the state frame covers of it where it has no room beside it.
  cv::Rect2d uncovered() const {
    const double room = lines(palette::kStateFrameRoomPx);
    const cv::Rect2d whole(room, room, layout.view.width - 2 * room, layout.view.height - 2 * room);
    return layout.pictureRectangle() & whole;
  }
  double units(double deviceIndependent) const { return deviceIndependent * layout.unit; }
  double lines(double deviceIndependent) const { return deviceIndependent * layout.lineUnit; }
  void keep(const Eigen::Vector2d& centre, double radius) {
    keepClear.emplace_back(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius);
  }
};

}  // namespace acuguide::rendering
