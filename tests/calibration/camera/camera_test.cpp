#include "calibration/camera/camera_result.h"
#include "calibration/camera/marker_tracker.h"
#include "calibration/rendered_board.h"
#include "core/error.h"

#include <Eigen/Geometry>
#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <iostream>

namespace acuguide::calibration {
namespace {

using test::render;
using test::turned;
using test::webcam;
using testing::Contains;
using testing::HasSubstr;

/// The board held in front of the camera in many ways, its middle near the picture's.
std::vector<CameraView> viewsOf(const std::string& text, double tilt, int count = 12) {
  const BoardFinder board(boardFromText(text));
  std::vector<CameraView> views;
  for (int i = 0; i < count; ++i) {
    const cv::Matx33d rotation =
        turned(tilt * std::sin(1.9 * i), tilt * std::cos(2.3 * i), 12.0 * std::sin(0.7 * i));
    const cv::Size2d size = board.drawingSizeMm();
    const cv::Point2d origin = board.originMm();
    const cv::Vec3d middle(size.width / 2 - origin.x, size.height / 2 - origin.y, 0.0);
    const cv::Vec3d place(45.0 * std::sin(1.3 * i), 30.0 * std::cos(1.7 * i),
                          430.0 + 60.0 * std::sin(2.0 * i));
    const cv::Mat picture = render(board, rotation, place - rotation * middle, std::uint64_t(i) + 1);
    views.push_back({"view" + std::to_string(i), picture.size(), board.find(picture)});
  }
  return views;
}

void expectWebcam(const CameraSummary& summary) {
  EXPECT_TRUE(summary.usable) << testing::PrintToString(summary.reasons);
  EXPECT_LT(summary.rmsPx, 0.5);
  EXPECT_NEAR(summary.camera.matrix(0, 0), 620.0, 4.0);
  EXPECT_NEAR(summary.camera.matrix(1, 1), 618.0, 4.0);
  EXPECT_NEAR(summary.camera.matrix(0, 2), 326.0, 4.0);
  EXPECT_NEAR(summary.camera.matrix(1, 2), 236.0, 4.0);
}

TEST(Camera, ARayGoesThroughWhatItsPixelShows) {
  CameraModel camera;
  camera.matrix = {620, 0, 326, 0, 618, 236, 0, 0, 1};
  camera.distortion = {-0.2, 0.06, 0.002, -0.001, 0};
  camera.imageSize = {640, 480};
  for (const Eigen::Vector3d& place : {Eigen::Vector3d(0, 0, 400), {-150, 90, 500}, {170, -110, 450}}) {
    const auto px = pixelOf(camera, place);
    ASSERT_TRUE(px);
    const Eigen::Vector3d ray = rayOf(camera, *px);
    EXPECT_NEAR(ray.norm(), 1, 1e-12);
    EXPECT_LT(ray.cross(place).norm(), 0.05) << "mm beside it";
  }
  EXPECT_FALSE(pixelOf(camera, {0, 0, -10})) << "behind the camera";
}

TEST(Camera, FromAChessboard) {
  expectWebcam(calibrateCamera(viewsOf("chessboard:8x6:25", 30.0), "pictures"));
}

TEST(Camera, FromACharucoBoard) {
  expectWebcam(calibrateCamera(viewsOf("charuco:8x6:30:22", 30.0), "pictures"));
}

TEST(Camera, ABoardAlwaysHeldAlikeIsNotUsable) {
  const CameraSummary summary = calibrateCamera(viewsOf("chessboard:8x6:25", 1.0), "pictures");
  EXPECT_FALSE(summary.usable);
  EXPECT_THAT(summary.reasons, Contains(HasSubstr("always held alike")));
}

TEST(Camera, TheWrongBoardIsRefused) {
  const BoardFinder other(boardFromText("charuco:7x5:30:22:6x6_50"));
  const BoardFinder board(boardFromText("charuco:8x6:30:22"));
  std::vector<CameraView> views;
  for (int i = 0; i < 3; ++i) {
    const cv::Mat picture = render(board, turned(5.0 * i, 0, 0), {-90, -70, 430});
    views.push_back({"a", picture.size(), other.find(picture)});
  }
  EXPECT_THROW(calibrateCamera(views, "pictures"), Error);
  EXPECT_THROW(calibrateCamera({}, "pictures"), Error);
}

TEST(Camera, BoardTextsAreChecked) {
  EXPECT_EQ(boardFromText("charuco:7x5:30:22:5x5_250").dictionary, "5x5_250");
  for (const char* wrong : {"", "chessboard", "chessboard:9x6", "chessboard:9:25", "chessboard:9x6:-3",
                            "chessboard:2x2:9", "charuco:7x5:30:40", "aruco:2x2:30:6:7x7", "tartan:3x3:5"})
    EXPECT_THROW(boardFromText(wrong), Error) << wrong;
}

TEST(Camera, ResultsAreReadBack) {
  CameraSummary summary;
  summary.camera = webcam();
  summary.usable = true;
  const CameraModel back = cameraModelOf(cameraResult(summary, "chessboard:8x6:25"), "camera.json");
  EXPECT_EQ(back.matrix, webcam().matrix);
  EXPECT_EQ(back.distortion, webcam().distortion);
  summary.usable = false;
  EXPECT_THROW(cameraModelOf(cameraResult(summary, "chessboard:8x6:25"), "camera.json"), Error);
}

struct PoseError {
  double mm = 0.0, depthMm = 0.0, degrees = 0.0;
};

double middleOf(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

// A 2x2 grid of 30 mm markers (66 mm wide) 300 to 500 mm from a 640x480 webcam.
TEST(MarkerTracker, AccuracyOnRenderedMarkers) {
  const BoardSpec spec = boardFromText("aruco:2x2:30:6");
  const BoardFinder board(spec);
  const CameraModel camera = webcam();
  const MarkerTracker tracker(camera, {{"Probe", spec}});
  std::vector<double> across, depth, angles;
  const int count = 30;
  for (int i = 0; i < count; ++i) {
    const cv::Matx33d rotation =
        turned(15.0 + 25.0 * std::sin(1.1 * i), 30.0 * std::cos(1.7 * i), 180.0 * std::sin(0.4 * i));
    const cv::Vec3d place(60.0 * std::sin(0.9 * i), 45.0 * std::cos(1.3 * i),
                          400.0 + 100.0 * std::sin(0.5 * i));
    const cv::Vec3d translation = place - rotation * cv::Vec3d(33.0, 33.0, 0.0);
    const auto poses = tracker.process(render(board, rotation, translation, std::uint64_t(i) + 1));
    ASSERT_EQ(poses.size(), 1u);
    EXPECT_EQ(poses[0].pose.name(), "ProbeToTracker");
    if (!poses[0].pose.valid) continue;
    EXPECT_LT(poses[0].reprojectionPx, 1.0);
    const Eigen::Vector4d centre = poses[0].pose.matrix * Eigen::Vector4d(33.0, 33.0, 0.0, 1.0);
    across.push_back(std::hypot(centre[0] - place[0], centre[1] - place[1]));
    depth.push_back(std::abs(centre[2] - place[2]));
    Eigen::Matrix3d truth;
    for (int k = 0; k < 9; ++k) truth(k / 3, k % 3) = rotation(k / 3, k % 3);
    const Eigen::Matrix3d off = truth.transpose() * poses[0].pose.matrix.topLeftCorner<3, 3>();
    angles.push_back(Eigen::AngleAxisd(off).angle() * 180.0 / M_PI);
  }
  ASSERT_GE(across.size(), 27u) << "of " << count;
  std::cout << "figure: marker tracker: " << across.size() << " of " << count << " poses; median across "
            << middleOf(across) << " mm, along " << middleOf(depth) << " mm, turned " << middleOf(angles)
            << " deg; worst " << *std::max_element(across.begin(), across.end()) << " mm, "
            << *std::max_element(depth.begin(), depth.end()) << " mm, "
            << *std::max_element(angles.begin(), angles.end()) << " deg\n";
  // Blur moves a marker's corners inwards, so that it looks a little farther away than it is.
  EXPECT_LT(middleOf(across), 0.25);
  EXPECT_LT(middleOf(depth), 2.0);
  EXPECT_LT(middleOf(angles), 0.3);
  EXPECT_LT(*std::max_element(depth.begin(), depth.end()), 4.0);
  EXPECT_LT(*std::max_element(angles.begin(), angles.end()), 1.5);
}

/// A small marker is nearly its own mirror image: what it cannot tell it must not say.
TEST(MarkerTracker, ASmallMarkerIsNeverMirrored) {
  const BoardSpec spec = boardFromText("aruco:1x1:20:1");
  const BoardFinder board(spec);
  const MarkerTracker tracker(webcam(), {{"Probe", spec}});
  int valid = 0, refused = 0;
  for (int i = 0; i < 30; ++i) {
    const double tilt = -25.0 + 50.0 * i / 29.0;
    const cv::Matx33d rotation = turned(tilt, 3.0, 6.0);
    for (const double distance : {220.0, 480.0}) {
      const cv::Vec3d translation = cv::Vec3d(5.0, -8.0, distance) - rotation * cv::Vec3d(10.0, 10.0, 0.0);
      const auto poses = tracker.process(render(board, rotation, translation, std::uint64_t(i) + 1, 4.0));
      refused += poses[0].points == 4 && !poses[0].pose.valid;
      if (!poses[0].pose.valid) continue;
      ++valid;
      Eigen::Matrix3d truth;
      for (int k = 0; k < 9; ++k) truth(k / 3, k % 3) = rotation(k / 3, k % 3);
      const Eigen::Matrix3d off = truth.transpose() * poses[0].pose.matrix.topLeftCorner<3, 3>();
      EXPECT_LT(Eigen::AngleAxisd(off).angle() * 180.0 / M_PI, 12.0) << "tilt " << tilt << " at " << distance;
    }
  }
  EXPECT_GE(valid, 8) << "seen near and tilted it is told";
  EXPECT_GE(refused, 5) << "seen far or straight on it is not";
}

TEST(MarkerTracker, WhatIsNotSeenIsNotValid) {
  const CameraModel camera = webcam();
  const MarkerTracker tracker(camera, {{"Probe", boardFromText("aruco:2x2:30:6")},
                                       {"Needle", boardFromText("aruco:1x2:20:5:5x5_50")}});
  for (const cv::Size size : {camera.imageSize, cv::Size(320, 240)}) {
    const auto poses = tracker.process(cv::Mat(size, CV_8UC1, cv::Scalar(120)));
    ASSERT_EQ(poses.size(), 2u);
    EXPECT_FALSE(poses[0].pose.valid);
    EXPECT_FALSE(poses[1].pose.valid);
  }
}

}  // namespace
}  // namespace acuguide::calibration
