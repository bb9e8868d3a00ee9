#pragma once

#include "imaging/frame_analysis.h"

#include <opencv2/core.hpp>

namespace acuguide::imaging {

/// On which side of the picture the transducer face is. Evidence: a linear probe's face and the skin give
/// lines that run the full width right at that side, and echoes fade with depth; a curved probe's face is the
/// narrower of the two arcs. Unknown when the two sides look alike. grey: CV_8UC1, bounds: the picture of a
/// linear probe, in its pixels.
ProbeSide probeSideOf(const cv::Mat& grey, const cv::Rect& bounds);

}  // namespace acuguide::imaging
