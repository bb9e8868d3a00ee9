#pragma once

#include "calibration/camera/camera.h"

#include <opencv2/calib3d.hpp>
#include <opencv2/imgproc.hpp>

#include <cstdint>
#include <vector>

namespace acuguide::calibration::test {

constexpr int samplesAPixel = 3;

/// The rays of all samples of all pixels.
inline std::vector<cv::Point2d> raysOf(const CameraModel& camera) {
  std::vector<cv::Point2d> pixels, rays;
  for (int y = 0; y < camera.imageSize.height * samplesAPixel; ++y)
    for (int x = 0; x < camera.imageSize.width * samplesAPixel; ++x)
      pixels.emplace_back((x + 0.5) / samplesAPixel - 0.5, (y + 0.5) / samplesAPixel - 0.5);
  cv::undistortPoints(pixels, rays, camera.matrix, camera.distortion);
  return rays;
}

inline CameraModel webcam() {
  CameraModel camera;
  camera.imageSize = {640, 480};
  camera.matrix = {620.0, 0.0, 326.0, 0.0, 618.0, 236.0, 0.0, 0.0, 1.0};
  camera.distortion = {-0.08, 0.03, 0.0005, -0.0004, 0.0};
  return camera;
}

/// What the webcam sees of a board at a pose (board to camera, mm): grey background, 3x3 samples a pixel, a
/// little blur and noise.
inline cv::Mat render(const BoardFinder& board, const cv::Matx33d& rotation, const cv::Vec3d& translation,
                      std::uint64_t seed = 1, double noise = 3.0) {
  constexpr double pxPerMm = 12.0;
  static const CameraModel camera = webcam();
  static const std::vector<cv::Point2d> rays = raysOf(camera);
  const cv::Mat drawing = board.drawing(pxPerMm);
  // The plane z = 0 of the board, seen along a ray: board (mm) to ray, turned round.
  const cv::Matx33d toBoard =
      cv::Matx33d(rotation(0, 0), rotation(0, 1), translation[0], rotation(1, 0), rotation(1, 1),
                  translation[1], rotation(2, 0), rotation(2, 1), translation[2])
          .inv();
  cv::Mat map(camera.imageSize.height * samplesAPixel, camera.imageSize.width * samplesAPixel, CV_32FC2);
  for (int i = 0; i < int(rays.size()); ++i) {
    const cv::Vec3d point = toBoard * cv::Vec3d(rays[std::size_t(i)].x, rays[std::size_t(i)].y, 1.0);
    const double x = (point[0] / point[2] + board.originMm().x) * pxPerMm - 0.5;
    const double y = (point[1] / point[2] + board.originMm().y) * pxPerMm - 0.5;
    map.at<cv::Vec2f>(i / map.cols, i % map.cols) = {float(x), float(y)};
  }
  cv::Mat fine, picture;
  cv::remap(drawing, fine, map, cv::noArray(), cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar(120));
  cv::resize(fine, picture, camera.imageSize, 0, 0, cv::INTER_AREA);
  cv::GaussianBlur(picture, picture, {0, 0}, 0.7);
  cv::Mat grain(picture.size(), CV_16SC1);
  cv::RNG random(seed);
  random.fill(grain, cv::RNG::NORMAL, 0.0, noise);
  cv::add(picture * 0.8 + 20.0, grain, picture, cv::noArray(), CV_8U);
  return picture;
}

inline cv::Matx33d turned(double aboutX, double aboutY, double aboutZ) {
  cv::Matx33d x, y, z;
  cv::Rodrigues(cv::Vec3d(aboutX, 0, 0) * (CV_PI / 180.0), x);
  cv::Rodrigues(cv::Vec3d(0, aboutY, 0) * (CV_PI / 180.0), y);
  cv::Rodrigues(cv::Vec3d(0, 0, aboutZ) * (CV_PI / 180.0), z);
  return x * y * z;
}

}  // namespace acuguide::calibration::test
