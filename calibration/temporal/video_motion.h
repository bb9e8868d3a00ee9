#pragma once

#include "calibration/temporal/bottom_line.h"
#include "calibration/temporal/picture_motion.h"
#include "calibration/temporal/time_lag.h"

#include <opencv2/core.hpp>

#include <vector>

namespace acuguide::calibration {

/// What the pictures of a temporal calibration show, frame by frame.
struct VideoMotion {
  bool isLine = true;  ///< position of the tank's bottom line (px), else the picture's principal component
  Signal middle;       ///< at the area's middle column, frames without a line left out
  Signal left, right;  ///< the line at a quarter and three quarters of the area's width
  int frames = 0;      ///< in all
  int framesWithLine = 0;
  cv::Rect area;  ///< the part of the picture that moves
};

/// Measures a recording in two passes over it: learn() with every frame, then measure() with every frame.
/// The line is used where at least half of the frames show it, else the picture as a whole.
class VideoMotionMeter {
 public:
  void learn(const cv::Mat& grey);                    ///< CV_8UC1
  void measure(double seconds, const cv::Mat& grey);  ///< CV_8UC1
  VideoMotion result() const;

 private:
  MovingPart part_;
  cv::Rect area_;
  PictureMotion whole_;
  std::vector<double> seconds_;
  VideoMotion line_;
};

}  // namespace acuguide::calibration
