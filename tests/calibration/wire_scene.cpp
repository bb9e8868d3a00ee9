#include "calibration/wire_scene.h"

#include "calibration/spatial/wire_labels.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <cmath>
#include <random>

namespace acuguide::calibration::test {
namespace {

constexpr double secondsPerFrame = 0.08;

Eigen::Isometry3d pose(double x, double y, double z, double rx, double ry, double rz) {
  Eigen::Isometry3d result = Eigen::Isometry3d::Identity();
  result.translation() = Eigen::Vector3d(x, y, z);
  result.linear() =
      (Eigen::AngleAxisd(rx, Eigen::Vector3d::UnitX()) * Eigen::AngleAxisd(ry, Eigen::Vector3d::UnitY()) *
       Eigen::AngleAxisd(rz, Eigen::Vector3d::UnitZ()))
          .toRotationMatrix();
  return result;
}

const Eigen::Isometry3d& phantomToReference() {
  static const Eigen::Isometry3d matrix = pose(15, -25, -40, 1.4, 0.2, -1.6);
  return matrix;
}

NamedPose named(const std::string& from, const std::string& to, const Eigen::Isometry3d& matrix) {
  return {from, to, matrix.matrix(), true};
}

void drawDot(cv::Mat& picture, const Eigen::Vector2d& px, double level) {
  for (int y = std::max(0, cvRound(px.y()) - 12); y < std::min(picture.rows, cvRound(px.y()) + 13); ++y) {
    for (int x = std::max(0, cvRound(px.x()) - 24); x < std::min(picture.cols, cvRound(px.x()) + 25); ++x) {
      const double dx = (x - px.x()) / 5.0, dy = (y - px.y()) / 2.5;
      auto& pixel = picture.at<uchar>(y, x);
      pixel = cv::saturate_cast<uchar>(pixel + level * std::exp(-0.5 * (dx * dx + dy * dy)));
    }
  }
}

}  // namespace

WireScene::WireScene() : phantom(knownPhantoms().front()) {
  phantom.fixedPoses = {named("Phantom", "Reference", phantomToReference())};
  pictureToProbe = pose(11, 48, -2, 0.1, 3.0, 1.5);
}

Eigen::Matrix4d WireScene::imageToProbe() const {
  const double z = spacingMm.mean();
  return pictureToProbe.matrix() * Eigen::Vector4d(spacingMm.x(), spacingMm.y(), z, 1).asDiagonal();
}

Eigen::Isometry3d WireScene::pictureToPhantom(double time, unsigned phase) const {
  const double t = time + 0.7 * phase;
  Eigen::Isometry3d across = Eigen::Isometry3d::Identity();
  // The picture's x runs along the phantom's, its y (depth) down.
  across.linear() << 1, 0, 0, 0, 0, 1, 0, -1, 0;
  const Eigen::Isometry3d turn =
      pose(45 + 3 * std::sin(1.3 * t), 20 + 9 * std::sin(2.1 * t), 11 + 2 * std::sin(0.9 * t),
           turning * 0.10 * std::sin(1.7 * t), turning * 0.08 * std::sin(1.1 * t + 1),
           turning * 0.12 * std::cos(1.9 * t));
  const Eigen::Translation3d corner(-size.width * spacingMm.x() / 2, -size.height * spacingMm.y() / 2, 0);
  return turn * across * corner;
}

std::vector<WireObservation> WireScene::observations() const {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  std::vector<WireObservation> seen;
  Eigen::Matrix<double, 6, 1> error;
  for (double& one : error) one = normal(random);
  for (int i = 0; i < frames; ++i) {
    WireObservation one;
    one.frame = i;
    one.time = secondsPerFrame * i;
    const Eigen::Isometry3d toPhantom = pictureToPhantom(one.time, seed);
    Eigen::Matrix3d plane;
    plane << toPhantom.linear().leftCols<2>() * spacingMm.asDiagonal(), toPhantom.translation();
    for (const Wire& wire : phantom.wires)
      one.points.push_back(*cutPx(plane, wire) +
                           dotNoisePx * Eigen::Vector2d(normal(random), normal(random)));
    for (double& e : error) e = memory * e + std::sqrt(1 - memory * memory) * normal(random);
    if (uniform(random) < wildShare)
      error.head<3>() += Eigen::Vector3d(8, -5, 6) / std::max(poseNoiseMm, 1e-3);
    const double radians = M_PI / 180 * poseNoiseDeg;
    // The marker errs about itself: at the probe's origin.
    const Eigen::Isometry3d off = pose(poseNoiseMm * error[0], poseNoiseMm * error[1], poseNoiseMm * error[2],
                                       radians * error[3], radians * error[4], radians * error[5]);
    one.probeToPhantom = (toPhantom * pictureToProbe.inverse() * off).matrix();
    seen.push_back(std::move(one));
  }
  return seen;
}

Sweep WireScene::sweep(const std::string& name) const {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<double> level(60, 200);
  const Eigen::Isometry3d referenceToTracker = pose(340, -68, -24, 0.2, 0.1, 2.0);
  Sweep result{name, {}};
  for (int i = 0; i < frames; ++i) {
    Frame frame;
    frame.index = i;
    frame.time = secondsPerFrame * i;
    const Eigen::Isometry3d toPhantom = pictureToPhantom(frame.time, seed);
    Eigen::Matrix3d plane;
    plane << toPhantom.linear().leftCols<2>() * spacingMm.asDiagonal(), toPhantom.translation();
    frame.pixels = cv::Mat(size, CV_8UC1);
    cv::theRNG().state = seed * 1000 + static_cast<unsigned>(i);
    cv::randn(frame.pixels, 6, 3);
    for (const Wire& wire : phantom.wires) {
      const Eigen::Vector2d off(dotNoisePx * normal(random), dotNoisePx * normal(random));
      drawDot(frame.pixels, *cutPx(plane, wire) + off, level(random));
    }
    if (mirrored) cv::flip(frame.pixels, frame.pixels, 1);
    Eigen::Isometry3d probeToTracker =
        referenceToTracker * phantomToReference() * toPhantom * pictureToProbe.inverse();
    if (poseNoiseMm > 0 || poseNoiseDeg > 0) {
      Eigen::Matrix<double, 6, 1> off;
      for (double& one : off) one = normal(random);
      off.head<3>() *= poseNoiseMm;
      off.tail<3>() *= poseNoiseDeg * M_PI / 180;
      probeToTracker = probeToTracker * pose(off[0], off[1], off[2], off[3], off[4], off[5]);
    }
    frame.poses = {named("Probe", "Tracker", probeToTracker),
                   named("Reference", "Tracker", referenceToTracker),
                   named("Stylus", "Tracker", pose(150, 220, -135, 0.1, 0.2, 0.3))};
    if (spoil) spoil(i, frame);
    result.frames.push_back(std::move(frame));
  }
  return result;
}

}  // namespace acuguide::calibration::test
