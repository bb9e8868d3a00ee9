#pragma once

#include "imaging/frame_analysis.h"
#include "imaging/plane_curves.h"

#include <vector>

namespace acuguide::imaging {

/// Which path is which plane.
struct LabelledPath {
  int path = 0;  ///< index into the paths
  PlaneLabel label = PlaneLabel::Fascia;
  double confidence = 0;
};

/// Names the paths by their order in depth, their strength and what lies between them. paths: by rising
/// depth.
std::vector<LabelledPath> labelPaths(const std::vector<PlaneCurve>& paths, const cv::Mat& transposed);

}  // namespace acuguide::imaging
