#pragma once

#include "calibration/camera/camera.h"
#include "core/transform.h"

#include <opencv2/core.hpp>

#include <optional>
#include <string>
#include <vector>

namespace acuguide::calibration {

/// A board of markers on a tool: its name becomes the pose's.
struct TrackedBoard {
  std::string name;  ///< "Probe" gives ProbeToTracker; the tracker's frame is the camera's (x right, y down)
  BoardSpec board;
};

struct BoardPose {
  NamedPose pose;  ///< board (mm, z into the board as printed) to Tracker; valid when it was seen
  double reprojectionPx = 0.0;  ///< rms
  int points = 0;
};

/// A calibrated webcam as a tracker: the pose of each board in each frame, from the corners of its markers
/// (perspective n points: the planar solution of Collins and Bartoli, IJCV 2014, refined by least squares;
/// of the two mirror solutions a plane has, the one with less error, unless the other fits nearly as well as
/// the corners can be told: then none).
///
/// Boards that share a dictionary must not share markers. The per-frame path does not throw.
class MarkerTracker {
 public:
  MarkerTracker(CameraModel camera, const std::vector<TrackedBoard>& boards);

  /// One pose a board, in their order. picture: CV_8UC1 of the camera's size; another size sees nothing.
  std::vector<BoardPose> process(const cv::Mat& picture) const;

  /// A pose with more reprojection error than this is not valid, px.
  static constexpr double worstReprojectionPx = 1.0;
  /// The mirror solution must fit worse by this factor, or the pose is not valid.
  static constexpr double leastAmbiguity = 1.5;
  /// And its sum of squared residuals be larger by this, px²: nine times the variance of a corner's place in
  /// a small marker (0.2 px; 27 px wide, rendered with noise), so that chance decides in one of some hundred.
  static constexpr double leastEvidencePx2 = 0.36;

 private:
  struct Board {
    std::string name;
    BoardFinder finder;
  };
  BoardPose poseOf(const Board& board, const cv::Mat& picture) const;

  CameraModel camera_;
  std::vector<Board> boards_;
};

}  // namespace acuguide::calibration
