#pragma once

#include "imaging/frame_analysis.h"

#include <opencv2/core.hpp>

#include <optional>
#include <vector>

namespace acuguide::imaging {

/// Dominant muscle fibre direction between the two aponeuroses, from the picture's structure tensor (Bigün
/// and Granlund, 1987): orientations of coherent places, weighted by their strength, histogrammed over the
/// muscle and refined about the highest peak.
class FibreFinder {
 public:
  /// grey: CV_8UC1; planes of the same frame. Absent when there are not two aponeuroses or no direction
  /// stands out.
  std::optional<FibreDirection> process(const cv::Mat& grey, const ImagingRegion& region,
                                        const std::vector<TissuePlane>& planes);

 private:
  cv::Mat small_, gx_, gy_, xx_, xy_, yy_;
  std::vector<float> histogram_;
};

}  // namespace acuguide::imaging
