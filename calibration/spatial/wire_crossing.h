#pragma once

#include <Eigen/Core>
#include <opencv2/core.hpp>

#include <vector>

namespace acuguide::calibration {

/// Two bright lines that meet: wires that lie in the image plane or close to it.
struct WireCrossing {
  Eigen::Vector2d px;     ///< where they meet
  double strength = 0.0;  ///< grows with the length of the four arms that are seen
  double angleDeg = 0.0;  ///< between the lines, at most 90
};

/// The crossings of one image, strongest first, at most `most`. `contrast`: dotContrast(). Places where the
/// image is a ridge vote for the lines through them that run as the ridge does (Hough, weighted; Steger,
/// PAMI 20 (1998) 113 for the ridge), and each line is fitted to its own points near the crossing. A line is
/// one long stretch without large gaps; of the four arms at least three must be seen. The wires' brightest
/// places have no say.
std::vector<WireCrossing> findCrossings(const cv::Mat& contrast, std::size_t most = 6);

}  // namespace acuguide::calibration
