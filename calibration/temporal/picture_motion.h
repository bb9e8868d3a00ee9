#pragma once

#include <opencv2/core.hpp>

#include <vector>

namespace acuguide::calibration {

/// One number a frame for how a picture without a line in it moves: the first principal component of the
/// frames, made small. Motion that comes and goes makes the picture come and go, whatever it shows.
/// Memory: 4 kB a frame.
class PictureMotion {
 public:
  void add(const cv::Mat& grey);  ///< CV_8UC1

  /// One value a frame added, in standard deviations; all zero when nothing changes.
  std::vector<double> values() const;

 private:
  cv::Mat small_;  ///< a row a frame
};

}  // namespace acuguide::calibration
