#include "calibration/camera/camera.h"

#include "calibration/report/report.h"
#include "calibration/sentence.h"
#include "core/error.h"
#include "core/units.h"

#include <opencv2/calib3d.hpp>

#include <algorithm>
#include <cmath>

namespace acuguide::calibration {
namespace {

/// What one run of the solver gives.
struct Fit {
  CameraModel camera;
  double rms = 0.0;
  double focalSigma = 0.0;
  std::vector<cv::Mat> rotations;
  std::vector<double> viewErrors;
};

Fit solve(const std::vector<const CameraView*>& views) {
  Fit fit;
  fit.camera.imageSize = views.front()->imageSize;
  std::vector<std::vector<cv::Point3f>> board;
  std::vector<std::vector<cv::Point2f>> image;
  for (const CameraView* view : views) {
    board.push_back(view->board.boardMm);
    image.push_back(view->board.imagePx);
  }
  cv::Mat matrix, distortion, intrinsicSigma, extrinsicSigma, errors;
  std::vector<cv::Mat> translations;
  fit.rms = cv::calibrateCamera(board, image, fit.camera.imageSize, matrix, distortion, fit.rotations,
                                translations, intrinsicSigma, extrinsicSigma, errors);
  fit.camera.matrix = cv::Matx33d(matrix);
  distortion.reshape(1, 1).convertTo(fit.camera.distortion, CV_64F);
  fit.camera.distortion.resize(5, 0.0);
  fit.focalSigma = std::max(intrinsicSigma.at<double>(0), intrinsicSigma.at<double>(1));
  for (int i = 0; i < errors.rows; ++i) fit.viewErrors.push_back(errors.at<double>(i));
  return fit;
}

std::vector<const CameraView*> withoutBad(const std::vector<const CameraView*>& views,
                                          const std::vector<double>& errors) {
  std::vector<double> sorted = errors;
  std::nth_element(sorted.begin(), sorted.begin() + std::ptrdiff_t(sorted.size() / 2), sorted.end());
  const double limit = std::max(0.5, 3.0 * sorted[sorted.size() / 2]);
  std::vector<const CameraView*> good;
  for (std::size_t i = 0; i < views.size(); ++i)
    if (errors[i] <= limit) good.push_back(views[i]);
  return good;
}

/// Largest angle between the normals of two boards.
double tiltOf(const std::vector<cv::Mat>& rotations) {
  std::vector<cv::Vec3d> normals;
  for (const cv::Mat& rotation : rotations) {
    cv::Mat full;
    cv::Rodrigues(rotation, full);
    normals.emplace_back(full.at<double>(0, 2), full.at<double>(1, 2), full.at<double>(2, 2));
  }
  double largest = 0.0;
  for (const auto& a : normals)
    for (const auto& b : normals) largest = std::max(largest, std::acos(std::clamp(a.dot(b), -1.0, 1.0)));
  return degrees(largest);
}

void measureCoverage(CameraSummary& summary, const std::vector<const CameraView*>& views) {
  summary.coverageMap = cv::Mat::zeros(6, 8, CV_64F);
  const cv::Size size = summary.camera.imageSize;
  for (const CameraView* view : views) {
    for (const cv::Point2f& point : view->board.imagePx) {
      const int column = std::clamp(int(8.0f * point.x / float(size.width)), 0, 7);
      const int row = std::clamp(int(6.0f * point.y / float(size.height)), 0, 5);
      summary.coverageMap.at<double>(row, column) += 1.0;
    }
  }
  summary.coverage = cv::countNonZero(summary.coverageMap) / 48.0;
}

void judge(CameraSummary& summary, const CameraOptions& options) {
  const double focal = std::max(summary.camera.matrix(0, 0), summary.camera.matrix(1, 1));
  if (summary.used < options.minimumViews)
    summary.reasons.push_back(
        "the board was seen in only " + std::to_string(summary.used) + " of " +
        std::to_string(summary.images) + " pictures, at least " + std::to_string(options.minimumViews) +
        " are needed; check that the board is the one of --board, flat, whole and in light");
  if (summary.tiltDeg < options.acceptTiltDeg)
    summary.reasons.push_back("the board was always held alike (angles differ by " +
                              fixed(summary.tiltDeg, 1) +
                              "°), which leaves the focal length open; tilt it by 30° in all directions");
  if (summary.rmsPx > options.acceptRmsPx)
    summary.reasons.push_back(
        "the board's points lie " + fixed(summary.rmsPx, 2) +
        " px (rms) from where the camera should see them, limit " + fixed(options.acceptRmsPx, 2) +
        " px; likely a bent board, blurred pictures, or focus that changed between them");
  else if (summary.focalSigmaPx > options.acceptFocalShare * focal)
    summary.reasons.push_back("the focal length is known to only " +
                              fixed(100.0 * summary.focalSigmaPx / focal, 1) +
                              " %; take more pictures, nearer and more tilted");
  summary.usable = summary.reasons.empty();
  if (summary.coverage < 0.5)
    summary.reasons.push_back("the boards cover only " + percent(summary.coverage) +
                              " of the picture; where none was seen, distortion is guessed");
  if (summary.used < summary.images)
    summary.reasons.push_back(std::to_string(summary.images - summary.used) + " of " +
                              std::to_string(summary.images) +
                              " pictures were not used (board not seen, or seen badly)");
}

}  // namespace

Eigen::Vector3d rayOf(const CameraModel& camera, const Eigen::Vector2d& px) {
  const std::vector<cv::Point2d> seen{{px.x(), px.y()}};
  std::vector<cv::Point2d> straight;
  cv::undistortPoints(seen, straight, camera.matrix, camera.distortion);
  return Eigen::Vector3d(straight[0].x, straight[0].y, 1).normalized();
}

std::optional<Eigen::Vector2d> pixelOf(const CameraModel& camera, const Eigen::Vector3d& place) {
  if (place.z() <= 0) return std::nullopt;
  const std::vector<cv::Point3d> places{{place.x(), place.y(), place.z()}};
  std::vector<cv::Point2d> seen;
  cv::projectPoints(places, cv::Vec3d(), cv::Vec3d(), camera.matrix, camera.distortion, seen);
  return Eigen::Vector2d(seen[0].x, seen[0].y);
}

CameraSummary calibrateCamera(const std::vector<CameraView>& views, const std::string& where,
                              const CameraOptions& options) {
  if (views.empty()) throw Error(where, "holds no pictures", "take 10 or more of the board");
  std::vector<const CameraView*> seen;
  for (const CameraView& view : views) {
    if (view.imageSize != views.front().imageSize)
      throw Error(where, "holds pictures of different sizes", "take all with the same camera and settings");
    if (view.board.imagePx.size() >= 6) seen.push_back(&view);
  }
  if (seen.size() < 3)
    throw Error(
        where,
        "the board was seen in " + std::to_string(seen.size()) + " of " + std::to_string(views.size()) +
            " pictures",
        "check --board (a chessboard counts its inner corners), and that the board is sharp and whole");
  Fit fit = solve(seen);
  const auto good = withoutBad(seen, fit.viewErrors);
  if (good.size() >= 3 && good.size() < seen.size()) {
    seen = good;
    fit = solve(seen);
  }
  CameraSummary summary;
  summary.camera = fit.camera;
  summary.rmsPx = fit.rms;
  summary.focalSigmaPx = fit.focalSigma;
  summary.tiltDeg = tiltOf(fit.rotations);
  summary.images = int(views.size());
  summary.used = int(seen.size());
  summary.viewErrorPx = fit.viewErrors;
  for (const CameraView* view : seen) summary.names.push_back(view->name);
  measureCoverage(summary, seen);
  judge(summary, options);
  return summary;
}

}  // namespace acuguide::calibration
