#pragma once

#include <opencv2/core.hpp>

#include <vector>

namespace acuguide::calibration {

/// A row of short bright strokes at equal distances: the ticks of a ruler. Described along `y` (a ruler for
/// depth, at the side of the picture); for one along `x` the picture is transposed first.
struct TickComb {
  double firstPx = 0.0;   ///< y of the first tick
  double periodPx = 0.0;  ///< distance of neighbouring ticks
  int ticks = 0;
  int fromColumn = 0, toColumn = 0;  ///< x of the strokes, both included
  double spreadPx = 0.0;             ///< rms distance of the ticks from equal distances

  /// Half the interval that holds the true period with 95 %: from the ticks' spread, and at least that of
  /// ticks drawn on whole pixels.
  double period95Px() const;

  double lastPx() const { return firstPx + periodPx * (ticks - 1); }
};

/// Combs of at least four ticks beside `region` (the ultrasound picture, whose own pixels are not looked at)
/// that run along at least `leastExtent` of its height, whose ticks are 3 to 40 px long and stray less than
/// half a pixel from equal distances. Sorted by their period, the longest first. grey: CV_8UC1.
///
/// A ruler with long and short ticks gives one comb for each.
std::vector<TickComb> findTickCombs(const cv::Mat& grey, const cv::Rect& region, double leastExtent = 0.6);

}  // namespace acuguide::calibration
