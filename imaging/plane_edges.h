#pragma once

#include "imaging/frame_analysis.h"

#include <opencv2/core.hpp>

#include <vector>

namespace acuguide::imaging {

/// The band's ridge and its two edges at full resolution, sub-pixel, along a rough path. Each vertex takes
/// the depth profile averaged along the path over `lateralPx`; the ridge is its maximum near the path, an
/// edge where it crosses half way between ridge and the darkest place beyond.
class PlaneEdges {
 public:
  struct Options {
    double stepPx = 6;      ///< between vertices
    double lateralPx = 12;  ///< half length of the averaging along the path
    double reachPx = 24;    ///< how far from the ridge an edge may be
    double nearPx = 5;      ///< how far from the path the ridge may be
  };

  /// picture: CV_8UC1, probe side up. path(x): rough depth of column x, a value a column. Appends to
  /// `vertices`, picture pixels.
  void process(const cv::Mat& picture, const std::vector<float>& path, const Options& options,
               std::vector<PlaneVertex>& vertices);

 private:
  std::vector<float> profile_;
};

}  // namespace acuguide::imaging
