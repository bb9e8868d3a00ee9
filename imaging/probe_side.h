#pragma once

#include "imaging/frame_analysis.h"

#include <opencv2/core.hpp>

namespace acuguide::imaging {

/// On which side of the picture of a linear probe the transducer face is. Evidence: face and skin give lines
/// that run the full width right at that side, and the fat below them is layered across where deep tissue is
/// speckle. Unknown when the two sides look alike. grey: CV_8UC1, bounds: the picture, in its pixels. (A
/// curved probe's side shows in the shape of its picture: region_sector.h.)
ProbeSide probeSideOf(const cv::Mat& grey, const cv::Rect& bounds);

}  // namespace acuguide::imaging
