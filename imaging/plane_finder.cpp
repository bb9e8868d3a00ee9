#include "imaging/plane_finder.h"

#include <algorithm>
#include <cmath>

namespace acuguide::imaging {
namespace {

constexpr double leastSeen = 0.35;  // share of the width a plane must be seen over

/// Takes out the stretches where nothing of the band is to be seen. Short ones are bridged; so are those at
/// the sides of the picture, where the aperture is cut and echoes are weak, up to a tenth of the width.
/// Returns the share kept.
double dropBreaks(const std::vector<float>& contrast, std::vector<float>& sorted,
                  std::vector<PlaneVertex>& vertices) {
  const size_t n = vertices.size(), bridged = std::max<size_t>(3, n / 30),
               atSides = std::max<size_t>(3, n / 10);
  constexpr float least = 4;  // grey levels
  sorted.assign(contrast.begin(), contrast.end());
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(n / 2);
  std::nth_element(sorted.begin(), middle, sorted.end());
  const float floor = std::max(least, 0.2F * *middle);
  size_t kept = 0;
  for (size_t i = 0; i < n;) {
    size_t end = i;
    while (end < n && contrast[end] < floor) ++end;
    if (end - i > (i == 0 || end == n ? atSides : bridged)) {
      i = end;
      continue;
    }
    for (end = std::max(end, i + 1); i < end; ++i) vertices[kept++] = vertices[i];
  }
  vertices.resize(kept);
  return static_cast<double>(kept) / static_cast<double>(std::max<size_t>(n, 1));
}

}  // namespace

void PlaneFinder::reset() { labeller_.reset(); }

void PlaneFinder::process(const cv::Mat& grey, const ImagingRegion& region,
                          std::vector<TissuePlane>& planes) {
  planes.clear();
  if (!picture_.prepare(grey, region)) return;
  bands_.process(picture_.levelled());
  const auto& curves = curves_.process(bands_, picture_.transposed());
  texture_.process(picture_.levelled(), curves);
  for (const LabelledCurve& labelled : labeller_.process(curves, texture_, picture_.transposed())) {
    TissuePlane plane;
    plane.label = labelled.label;
    plane.confidence = labelled.confidence;
    trace(curves[static_cast<size_t>(labelled.curve)], plane);
    if (!plane.vertices.empty()) planes.push_back(std::move(plane));
  }
}

void PlaneFinder::trace(const PlaneCurve& curve, TissuePlane& plane) {
  const cv::Mat& upright = picture_.upright();
  path_.resize(static_cast<size_t>(upright.cols));
  for (int x = 0; x < upright.cols; ++x) {
    const double u = 2 * picture_.toWorking(x) / (picture_.columns() - 1) - 1;
    path_[static_cast<size_t>(x)] = static_cast<float>(picture_.toFull(curve.at(static_cast<float>(u))));
  }
  edges_.process(upright, path_, picture_.scale(), bands_.sigma(curve.scale), plane.vertices);
  if (plane.vertices.empty()) return;
  const double seen = dropBreaks(edges_.contrast(), sorted_, plane.vertices);
  if (seen < leastSeen) plane.vertices.clear();
  plane.confidence *= std::min(1.0, 1.2 * seen);
  for (PlaneVertex& v : plane.vertices) v = picture_.toFrame(v);
}

}  // namespace acuguide::imaging
