#pragma once

#include "imaging/frame_analysis.h"

#include <opencv2/core.hpp>

#include <optional>
#include <vector>

namespace acuguide::imaging {

/// The picture of a curved or phased probe: between two lines that meet in the apex and two circles about it.
struct Sector {
  cv::Rect bounds;           ///< picture pixels
  cv::Point2d apex;          ///< where the sides meet, picture pixels
  double near = 0, far = 0;  ///< radii of the two arcs
  double leftSlope = 0;      ///< dx/dy of the left side
  double rightSlope = 0;     ///< dx/dy of the right side
  ProbeSide probe = ProbeSide::Unknown;

  /// CV_8UC1 of the size of `box`, 255 inside.
  cv::Mat maskOf(const cv::Rect& box) const;
};

/// Fits a sector to the outline of the varying cells (CV_8UC1, one per `cell` pixels) within `box`. None when
/// the sides are not straight, not slanted or not mirrored: then the picture is a rectangle.
class SectorFitter {
 public:
  std::optional<Sector> process(const cv::Mat& varying, int cell, const cv::Rect& box);

 private:
  std::vector<cv::Point2d> left_, right_;  // the outermost varying cells, a point a row
};

}  // namespace acuguide::imaging
