#include "interop/picture_cleaner.h"

#include "core/grey.h"

namespace acuguide::interop {

cv::Mat insideOf(const imaging::ImagingRegion& region, const cv::Mat& pixels) {
  cv::Mat kept = cv::Mat::zeros(pixels.size(), pixels.type());
  const cv::Rect box = region.bounds & cv::Rect({0, 0}, pixels.size());
  if (box.empty()) return kept;
  cv::Mat inside = kept(box);
  if (region.mask.size() == region.bounds.size()) {
    pixels(box).copyTo(inside, region.mask(box - region.bounds.tl()));
  } else {
    pixels(box).copyTo(inside);
  }
  return kept;
}

cv::Mat PictureCleaner::process(const cv::Mat& pixels) {
  imaging::ImagingRegion found = finder_.process(greyOf(pixels, grey_));
  if (!found.bounds.empty()) region_ = std::move(found);
  return insideOf(region_, pixels);
}

}  // namespace acuguide::interop
