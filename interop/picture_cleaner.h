#pragma once

#include "imaging/region/region_finder.h"

#include <opencv2/core.hpp>

namespace acuguide::interop {

/// Blackens everything outside the imaging region of the pictures of one stream: that is where scanners burn
/// in names, dates and the hospital. The region is imaging::RegionFinder's; a picture with no region in it,
/// and none known from before, comes out black.
class PictureCleaner {
 public:
  cv::Mat process(const cv::Mat& pixels);

  /// Of the last picture, px; empty before the first region.
  const cv::Rect& region() const { return region_.bounds; }

 private:
  imaging::RegionFinder finder_;
  imaging::ImagingRegion region_;
  cv::Mat grey_;
};

/// `pixels` with everything outside `region` black. An empty region leaves nothing.
cv::Mat insideOf(const imaging::ImagingRegion& region, const cv::Mat& pixels);

}  // namespace acuguide::interop
