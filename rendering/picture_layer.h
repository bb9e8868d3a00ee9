#pragma once

#include "core/frame.h"
#include "rendering/picture_layout.h"
#include "rendering/pixels.h"

namespace acuguide::rendering {

/// The ultrasound picture itself, scaled smoothly to its place. By the processor: OpenCV enlarges a grey
/// picture in a fraction of the time that a software rasteriser needs for a textured rectangle of that size.
class PictureLayer {
 public:
  /// `onto` has the layout's view size.
  void draw(const Frame& frame, const PictureLayout& layout, Pixels& onto);

 private:
  cv::Mat scaled_, converted_;
};

}  // namespace acuguide::rendering
