#pragma once

#include "core/frame.h"
#include "imaging/frame_analysis.h"

#include <opencv2/core.hpp>

namespace acuguide::ui {

/// Which part of a scanner's screen is shown: the imaging region. Stands still while the region only trembles
/// or is not seen for a while, so that the picture neither jumps nor breathes.
class PictureCrop {
 public:
  /// Picture pixels; the whole picture where no region is known.
  cv::Rect of(const Frame& frame, const imaging::ImagingRegion& region);

 private:
  cv::Rect kept_;
  cv::Size picture_;
};

}  // namespace acuguide::ui
