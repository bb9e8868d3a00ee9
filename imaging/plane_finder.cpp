#include "imaging/plane_finder.h"

#include "imaging/plane_labels.h"

#include <algorithm>
#include <cmath>

namespace acuguide::imaging {

void PlaneFinder::reset() {}

void PlaneFinder::process(const cv::Mat& grey, const ImagingRegion& region,
                          std::vector<TissuePlane>& planes) {
  planes.clear();
  if (!picture_.prepare(grey, region)) return;
  bands_.process(picture_.levelled());
  const auto& curves = curves_.process(bands_, picture_.transposed());
  texture_.process(picture_.levelled(), curves);
  const cv::Mat& upright = picture_.upright();
  for (const LabelledCurve& labelled : labelCurves(curves, texture_, picture_.columns(), picture_.depths())) {
    const PlaneCurve& curve = curves[static_cast<size_t>(labelled.curve)];
    path_.resize(static_cast<size_t>(upright.cols));
    for (int x = 0; x < upright.cols; ++x) {
      const double u = 2 * picture_.toWorking(x) / (picture_.columns() - 1) - 1;
      path_[static_cast<size_t>(x)] = static_cast<float>(picture_.toFull(curve.at(static_cast<float>(u))));
    }
    TissuePlane plane;
    plane.label = labelled.label;
    plane.confidence = labelled.confidence;
    edges_.process(upright, path_, picture_.scale(), bands_.sigma(curve.scale), plane.vertices);
    for (PlaneVertex& v : plane.vertices) v = picture_.toFrame(v);
    planes.push_back(std::move(plane));
  }
}

}  // namespace acuguide::imaging
