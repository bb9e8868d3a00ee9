#include "ui/picture_crop.h"

#include <algorithm>

namespace acuguide::ui {
namespace {

constexpr int kLeastSidePx = 64;
constexpr double kTrembling = 0.01;  // of a side: so much may the region stand out before it is followed
constexpr double kSmaller = 0.92;    // of the area: so much smaller it may be

bool coveredBy(const cv::Rect& kept, const cv::Rect& region) {
  const int x = static_cast<int>(kTrembling * kept.width), y = static_cast<int>(kTrembling * kept.height);
  const cv::Rect grown(kept.x - x, kept.y - y, kept.width + 2 * x, kept.height + 2 * y);
  return (grown & region) == region && region.area() >= kSmaller * kept.area();
}

}  // namespace

cv::Rect PictureCrop::of(const Frame& frame, const imaging::ImagingRegion& region) {
  const cv::Rect whole(cv::Point(), frame.pixels.size());
  if (picture_ != whole.size()) {
    picture_ = whole.size();
    kept_ = {};
  }
  const cv::Rect seen = region.bounds & whole;
  const bool known = std::min(seen.width, seen.height) >= kLeastSidePx;
  if (known && (kept_.empty() || !coveredBy(kept_, seen))) kept_ = seen;
  return kept_.empty() ? whole : kept_;
}

}  // namespace acuguide::ui
