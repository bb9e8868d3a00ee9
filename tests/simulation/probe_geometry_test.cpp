#include "simulation/probe_geometry.h"

#include <gtest/gtest.h>

#include <cmath>

namespace acuguide::simulation {
namespace {

ProbeOptions curved() {
  ProbeOptions options;
  options.apertureMm = 56.0;
  options.depthMm = 75.0;
  options.radiusMm = 60.0;
  options.spacingMm = 0.19;
  options.faceYPx = 54.0;
  return options;
}

TEST(ProbeGeometry, LinearBeamSpaceIsThePicturePlane) {
  const ProbeGeometry probe{ProbeOptions{}};
  EXPECT_EQ(probe.toBeam({3.0, 12.0}), Eigen::Vector2d(3.0, 12.0));
  EXPECT_DOUBLE_EQ(probe.tissueDepth({3.0, 12.0}), 12.0);
}

TEST(ProbeGeometry, CurvedBeamSpaceRoundTrips) {
  const ProbeGeometry probe(curved());
  for (const Eigen::Vector2d& point :
       {Eigen::Vector2d(0.0, 30.0), Eigen::Vector2d(-22.0, 45.0), Eigen::Vector2d(18.0, 4.0)})
    EXPECT_LT((probe.fromBeam(probe.toBeam(point)) - point).norm(), 1e-9);
  EXPECT_NEAR(probe.toBeam({60.0 * std::sin(0.3), 60.0 * std::cos(0.3) - 60.0}).y(), 0.0, 1e-9);
  EXPECT_NEAR(probe.toBeam({60.0 * std::sin(0.3), 60.0 * std::cos(0.3) - 60.0}).x(), 18.0, 1e-9);
}

TEST(ProbeGeometry, PixelsFollowSpacingAndFace) {
  const ProbeGeometry probe(curved());
  const Eigen::Vector2d px = probe.toPx({1.9, 19.0});
  EXPECT_DOUBLE_EQ(px.x(), 329.5);
  EXPECT_DOUBLE_EQ(px.y(), 154.0);
  EXPECT_LT((probe.fromPx(px) - Eigen::Vector2d(1.9, 19.0)).norm(), 1e-12);
}

TEST(ProbeGeometry, ScanConversionIsBlackOutsideTheSector) {
  const ProbeGeometry probe(curved());
  const cv::Mat white(probe.options().samples, probe.options().beams, CV_8UC1, cv::Scalar(255));
  cv::Mat picture;
  probe.scanConvert(white, picture);
  ASSERT_EQ(picture.size(), cv::Size(640, 480));
  EXPECT_EQ(picture.at<uchar>(250, 320), 255);
  EXPECT_EQ(picture.at<uchar>(2, 320), 0);
  EXPECT_EQ(picture.at<uchar>(100, 30), 0);
  for (int row = 0; row < picture.rows; row += 7) {
    for (int column = 0; column < picture.cols; column += 7)
      EXPECT_EQ(picture.at<uchar>(row, column) != 0,
                probe.contains(probe.fromPx({static_cast<double>(column), static_cast<double>(row)})));
  }
}

}  // namespace
}  // namespace acuguide::simulation
