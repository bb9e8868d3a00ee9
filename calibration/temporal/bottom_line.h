#pragma once

#include <opencv2/core.hpp>

#include <optional>

namespace acuguide::calibration {

/// The line that the bottom of a water tank draws across a picture.
struct BottomLine {
  cv::Vec2d point;        ///< px, at the middle column of the area
  double slope = 0.0;     ///< dy/dx
  double share = 0.0;     ///< of the columns looked at that lie on it
  double spreadPx = 0.0;  ///< rms distance of these from it

  double yAt(double x) const { return point[1] + slope * (x - point[0]); }
};

/// Where a picture changes from frame to frame, and what stays the same in all of them. One pass over the
/// recording with add(), then clip() and moving() for each frame: rulers, text and the reverberations under
/// the transducer do not move and are gone.
class MovingPart {
 public:
  void add(const cv::Mat& grey);  ///< CV_8UC1, all of one size; others are passed over

  /// The largest connected area that changes, as a box; empty when nothing does.
  cv::Rect area() const;
  /// The frame without what never changes.
  cv::Mat moving(const cv::Mat& grey) const;

 private:
  cv::Mat lowest_, highest_;
};

/// picture: CV_8UC1 with the background removed. On some 40 columns of `area` the largest peak and its centre
/// of mass above half its height (as PLUS's line segmentation does it), a line through these by random
/// samples of two and least squares on those near it. std::nullopt where fewer than a third agree.
std::optional<BottomLine> findBottomLine(const cv::Mat& picture, const cv::Rect& area);

}  // namespace acuguide::calibration
