#pragma once

#include "imaging/frame_analysis.h"

#include <opencv2/core.hpp>

#include <vector>

namespace acuguide::imaging {

/// Finds the ultrasound picture in a screen grab: the largest area whose pixels vary everywhere, once the
/// screen's own background level (the commonest level along the grab's border) is taken away. Text, rulers,
/// logos and grey ramps are thin, small or smooth and fall to an opening. A picture that fills its bounding
/// box is a rectangle (mask empty); otherwise it is a sector and the mask is its outline.
///
/// Full-image pixels. Absurd pictures (empty, one level) give an empty region. Does not throw.
class RegionFinder {
 public:
  /// grey: CV_8UC1. With `still` unset the last region is kept as long as the picture's size stays and what
  /// is inside and just outside still looks like it; otherwise every call searches.
  ImagingRegion process(const cv::Mat& grey, bool still = false);

  void reset();

 private:
  ImagingRegion find(const cv::Mat& grey);
  bool stillHolds(const cv::Mat& grey) const;

  ImagingRegion last_;
  cv::Size size_;
  int age_ = 0;
  // buffers, kept between calls
  cv::Mat lit_, cells_, closed_, opened_, labels_, stats_, centroids_;
};

}  // namespace acuguide::imaging
