#pragma once

#include "imaging/area_shrink.h"
#include "imaging/frame_analysis.h"

#include <opencv2/core.hpp>

#include <vector>

namespace acuguide::imaging {

/// Where the transducer face is, as told by all the evidence, and by face and layers alone. The latter
/// decides less often; the needle's model was made with it and knows what it may think of a picture in which
/// the side is not known.
struct ProbeSides {
  ProbeSide all = ProbeSide::Unknown, byFace = ProbeSide::Unknown;
};

/// On which side of the picture of a linear probe the transducer face is. Evidence: face and skin give lines
/// that run the full width right at that side; the fat below them is layered across where deep tissue is
/// speckle; and every echo begins sharply and ends in a tail, so that going away from the probe brightness
/// rises in steeper steps than it falls. Unknown when that does not decide. (A curved probe's side shows in
/// the shape of its picture: region_sector.h.) Keeps its buffers.
class ProbeSideFinder {
 public:
  /// grey: CV_8UC1, bounds: the picture, in its pixels.
  ProbeSides process(const cv::Mat& grey, const cv::Rect& bounds);

 private:
  double layering(bool top);
  double steepness() const;

  AreaShrink shrink_;
  cv::Mat small_;             // CV_8U
  std::vector<float> level_;  // sums of a row and its neighbours
};

/// The same for a single picture, by face and layers alone: what the needle's model is made with.
ProbeSide probeSideOf(const cv::Mat& grey, const cv::Rect& bounds);

}  // namespace acuguide::imaging
