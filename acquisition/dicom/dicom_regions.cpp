#include "acquisition/dicom/dicom_regions.h"

#include "core/limits.h"

#include <algorithm>
#include <cmath>

namespace acuguide::acquisition {
namespace {

constexpr int kTwoDimensional = 1, kTissue = 1, kColourFlow = 2, kCentimetres = 3;

bool isTissue(const DicomRegion& region) {
  return region.spatialFormat == kTwoDimensional &&
         (region.dataType == kTissue || region.dataType == kColourFlow);
}

/// A corner one pixel outside is a habit of some scanners.
bool fits(const cv::Rect& box, cv::Size picture) {
  return box.x >= 0 && box.y >= 0 && box.width >= 2 && box.height >= 2 &&
         box.x + box.width <= picture.width + 1 && box.y + box.height <= picture.height + 1;
}

/// Empty when all is well with it.
std::string faultOf(const DicomRegion& region, cv::Size picture) {
  const cv::Rect& box = region.box;
  if (box.x < 0 || box.y < 0 || box.width < 2 || box.height < 2) return "a region has no size";
  if (!fits(box, picture))
    return "a region does not fit the picture, which was cropped or scaled after it was made";
  if (region.unitX != kCentimetres || region.unitY != kCentimetres)
    return "a tissue region is not stated in centimetres";
  for (const double delta : {region.deltaX, region.deltaY})
    if (!std::isfinite(delta) || delta * 10.0 < limits::kFinestPixelMm ||
        delta * 10.0 > limits::kCoarsestPixelMm)
      return "a region states a scale that no ultrasound picture has";
  return {};
}

bool sameScale(const DicomRegion& a, const DicomRegion& b) {
  const auto near = [](double x, double y) { return std::abs(x - y) <= 0.001 * std::abs(x); };
  return a.unitX == b.unitX && a.unitY == b.unitY && near(a.deltaX, b.deltaX) && near(a.deltaY, b.deltaY);
}

/// Of another kind, yet said of the same pixels. Bars and traces over a corner do no harm.
bool contradicts(const DicomRegion& other, const DicomRegion& tissue) {
  return 2 * (other.box & tissue.box).area() >= tissue.box.area() && !sameScale(other, tissue);
}

std::string contradictionIn(const std::vector<DicomRegion>& regions) {
  for (const DicomRegion& tissue : regions)
    for (const DicomRegion& other : regions)
      if (isTissue(tissue) && contradicts(other, tissue))
        return other.unitX == 0 || other.unitY == 0 ? "a region over the picture states no physical unit"
                                                    : "two regions say different things of the same pixels";
  return {};
}

}  // namespace

DicomScale scaleFromRegions(const std::vector<DicomRegion>& regions, cv::Size picture) {
  DicomScale scale;
  const DicomRegion* first = nullptr;
  scale.reason = contradictionIn(regions);
  for (const DicomRegion& region : regions) {
    if (!isTissue(region) || !scale.reason.empty()) continue;
    scale.reason = faultOf(region, picture);
    if (scale.reason.empty() && first != nullptr && !sameScale(*first, region))
      scale.reason = "the picture has regions of different scale";
    if (!scale.reason.empty()) break;
    if (first == nullptr || region.box.area() > scale.region.area())
      scale.region = region.box & cv::Rect({0, 0}, picture);
    if (first == nullptr) first = &region;
  }
  if (first == nullptr && scale.reason.empty())
    scale.reason = regions.empty() ? "the file states no ultrasound regions"
                                   : "none of its regions is a two-dimensional picture of tissue";
  if (scale.reason.empty()) {
    scale.spacingMm = Eigen::Vector2d(10.0 * first->deltaX, 10.0 * first->deltaY);
  } else {
    scale.region = {};
  }
  return scale;
}

std::vector<cv::Rect> tissueRegions(const std::vector<DicomRegion>& regions, cv::Size picture) {
  std::vector<cv::Rect> boxes;
  for (const DicomRegion& region : regions) {
    if (!isTissue(region)) continue;
    if (!fits(region.box, picture)) return {};
    boxes.push_back(region.box & cv::Rect({0, 0}, picture));
  }
  return boxes;
}

}  // namespace acuguide::acquisition
