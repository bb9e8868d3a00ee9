#pragma once

#include "imaging/despeckle.h"
#include "imaging/frame_analysis.h"
#include "imaging/plane_bands.h"
#include "imaging/plane_curves.h"
#include "imaging/plane_edges.h"

#include <opencv2/core.hpp>

#include <vector>

namespace acuguide::imaging {

/// The tissue planes of one frame. The picture is brought to a fixed width, probe side up; bands, paths and
/// labels are found there; ridges and edges then at full resolution near the paths (plane_bands.h,
/// plane_curves.h, plane_labels.h, plane_edges.h).
class PlaneFinder {
 public:
  /// grey: CV_8UC1; planes in its pixels. Empty region: no planes. Does not throw.
  void process(const cv::Mat& grey, const ImagingRegion& region, std::vector<TissuePlane>& planes);

  void reset();

 private:
  Despeckle despeckle_;
  PlaneBands bands_;
  PlaneCurves curves_;
  PlaneEdges edges_;
  cv::Mat upright_, small_, transposed_, normal_, mean_, deviation_, square_;
  std::vector<float> path_;
};

}  // namespace acuguide::imaging
