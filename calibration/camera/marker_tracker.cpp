#include "calibration/camera/marker_tracker.h"

#include <opencv2/calib3d.hpp>

#include <cmath>

namespace acuguide::calibration {
namespace {

Eigen::Matrix4d poseMatrix(const cv::Mat& rotation, const cv::Mat& translation) {
  cv::Mat full;
  cv::Rodrigues(rotation, full);
  Eigen::Matrix4d pose = Eigen::Matrix4d::Identity();
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column) pose(row, column) = full.at<double>(row, column);
    pose(row, 3) = translation.at<double>(row);
  }
  return pose;
}

}  // namespace

MarkerTracker::MarkerTracker(CameraModel camera, const std::vector<TrackedBoard>& boards)
    : camera_(std::move(camera)) {
  for (const TrackedBoard& board : boards) boards_.push_back({board.name, BoardFinder(board.board)});
}

std::vector<BoardPose> MarkerTracker::process(const cv::Mat& picture) const {
  std::vector<BoardPose> poses;
  for (const Board& board : boards_) poses.push_back(poseOf(board, picture));
  return poses;
}

BoardPose MarkerTracker::poseOf(const Board& board, const cv::Mat& picture) const {
  BoardPose result;
  result.pose.from = board.name;
  result.pose.to = "Tracker";
  if (picture.size() != camera_.imageSize || picture.type() != CV_8UC1) return result;
  const BoardView view = board.finder.find(picture);
  result.points = int(view.imagePx.size());
  if (result.points < 4) return result;

  std::vector<cv::Mat> rotations, translations;
  cv::Mat errors;
  const int solutions =
      cv::solvePnPGeneric(view.boardMm, view.imagePx, camera_.matrix, camera_.distortion, rotations,
                          translations, false, cv::SOLVEPNP_IPPE, cv::noArray(), cv::noArray(), errors);
  if (solutions < 1) return result;
  for (int i = 0; i < solutions; ++i)
    cv::solvePnPRefineLM(view.boardMm, view.imagePx, camera_.matrix, camera_.distortion,
                         rotations[std::size_t(i)], translations[std::size_t(i)]);
  const auto errorOf = [&](int i) {
    std::vector<cv::Point2f> projected;
    cv::projectPoints(view.boardMm, rotations[std::size_t(i)], translations[std::size_t(i)], camera_.matrix,
                      camera_.distortion, projected);
    return cv::norm(projected, view.imagePx, cv::NORM_L2) / std::sqrt(double(view.imagePx.size()));
  };
  int best = 0;
  double least = errorOf(0), other = INFINITY;
  if (solutions > 1) {
    other = errorOf(1);
    if (other < least) {
      std::swap(least, other);
      best = 1;
    }
  }
  const Eigen::Matrix4d pose = poseMatrix(rotations[std::size_t(best)], translations[std::size_t(best)]);
  const Eigen::Matrix4d rival =
      solutions > 1 ? poseMatrix(rotations[std::size_t(1 - best)], translations[std::size_t(1 - best)])
                    : pose;
  // Seen straight on, or refined to the same answer, both are one.
  const bool same = (pose - rival).topLeftCorner<3, 3>().norm() < 0.05;  // 2°
  result.pose.matrix = pose;
  result.reprojectionPx = least;
  const double evidence = double(view.imagePx.size()) * (other * other - least * least);
  const bool decided = other >= leastAmbiguity * least && evidence >= leastEvidencePx2;
  result.pose.valid = least <= worstReprojectionPx && (same || decided);
  if (!result.pose.valid && least <= worstReprojectionPx)
    result.pose.fault = "is seen too small or too straight on to be told from its mirror image";
  return result;
}

}  // namespace acuguide::calibration
