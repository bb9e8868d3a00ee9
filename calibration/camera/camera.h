#pragma once

#include "calibration/camera/calibration_board.h"

#include <Eigen/Core>
#include <opencv2/core.hpp>

#include <optional>
#include <string>
#include <vector>

namespace acuguide::calibration {

/// How a camera maps space to pixels: pinhole and OpenCV's distortion k1 k2 p1 p2 k3.
struct CameraModel {
  cv::Matx33d matrix = cv::Matx33d::eye();  ///< px
  std::vector<double> distortion = std::vector<double>(5, 0.0);
  cv::Size imageSize;
};

/// Direction (unit; x right, y down, z into the picture) in which a pixel sees.
Eigen::Vector3d rayOf(const CameraModel& camera, const Eigen::Vector2d& px);
/// Where a place in the camera's frame is seen; none behind the camera.
std::optional<Eigen::Vector2d> pixelOf(const CameraModel& camera, const Eigen::Vector3d& place);

struct CameraOptions {
  double acceptRmsPx = 1.0;        ///< acceptance: reprojection error over all points
  double acceptFocalShare = 0.01;  ///< acceptance: standard deviation of the focal length, relative
  double acceptTiltDeg = 10.0;     ///< acceptance: boards must be seen at angles that differ by so much
  int minimumViews = 8;
};

struct CameraSummary {
  CameraModel camera;
  double rmsPx = 0.0;
  double focalSigmaPx = 0.0;  ///< standard deviation of the focal length (the larger of x and y)
  double tiltDeg = 0.0;       ///< largest angle between two boards
  double coverage = 0.0;      ///< share of the picture's 8x6 fields that hold a point of a board
  int images = 0, used = 0;
  std::vector<std::string> names;   ///< of the pictures used
  std::vector<double> viewErrorPx;  ///< rms of each
  cv::Mat coverageMap;              ///< CV_64F 6x8, points in each field
  bool usable = false;
  std::vector<std::string> reasons;
};

/// A picture in which the board was looked for.
struct CameraView {
  std::string name;
  cv::Size imageSize;
  BoardView board;  ///< empty where it was not seen
};

/// Zhang's method as OpenCV does it (Zhang, PAMI 2000), with pictures left out that fit three times worse
/// than the others. Throws Error, naming `where`: no pictures, pictures of different sizes, board seen in
/// fewer than three.
CameraSummary calibrateCamera(const std::vector<CameraView>& views, const std::string& where,
                              const CameraOptions& options = {});

}  // namespace acuguide::calibration
