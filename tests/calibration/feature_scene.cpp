#include "calibration/feature_scene.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace acuguide::calibration::test {
namespace {

cv::Point sixteenths(const Eigen::Vector2d& px) { return {cvRound(px.x() * 16), cvRound(px.y() * 16)}; }

void drawSpot(cv::Mat& pixels, const Eigen::Vector2d& px) {
  cv::Mat spot = cv::Mat::zeros(pixels.size(), CV_8UC1);
  cv::ellipse(spot, sixteenths(px), {5 * 16, 2 * 16}, 0, 0, 360, 220, -1, cv::LINE_AA, 4);
  cv::GaussianBlur(spot, spot, {5, 5}, 0);
  pixels += spot;
}

/// Two long wires as a water tank shows them: bright where they are struck squarely, which is somewhere along
/// each of them and not where they cross; faint elsewhere; an echo of each below.
void drawCrossedWires(cv::Mat& pixels, const Eigen::Vector2d& px, std::mt19937& random) {
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  const double lean = (uniform(random) - 0.5) * 0.5;
  cv::Mat echoes = cv::Mat::zeros(pixels.size(), CV_32F);
  for (const double side : {-1.0, 1.0}) {
    const double angle = lean + side * (0.3 + 0.3 * uniform(random));
    const Eigen::Vector2d along(std::cos(angle), std::sin(angle)), across(-along.y(), along.x());
    const double before = 50 + 130 * uniform(random), after = 50 + 130 * uniform(random);
    const double brightest = (uniform(random) < 0.5 ? -0.7 * before : 0.7 * after);
    for (int y = 0; y < pixels.rows; ++y) {
      for (int x = 0; x < pixels.cols; ++x) {
        const Eigen::Vector2d off = Eigen::Vector2d(x, y) - px;
        const double t = along.dot(off);
        if (t < -before || t > after) continue;
        const double level = 70 + 170 * std::exp(-0.5 * std::pow((t - brightest) / 25, 2));
        for (const auto& [depth, share] : {std::pair{0.0, 1.0}, {45.0, 0.3}}) {
          const double d = across.dot(off) - depth * along.x();
          echoes.at<float>(y, x) =
              std::max(echoes.at<float>(y, x), float(share * level * std::exp(-0.5 * std::pow(d / 2.2, 2))));
        }
      }
    }
  }
  for (int y = 0; y < pixels.rows; ++y) {
    for (int x = 0; x < pixels.cols; ++x) {
      auto& pixel = pixels.at<uchar>(y, x);
      pixel = cv::saturate_cast<uchar>(pixel + echoes.at<float>(y, x) * (0.6 + 0.4 * uniform(random)));
    }
  }
}

}  // namespace

FeatureScene::FeatureScene() {
  pictureToProbe.translation() = Eigen::Vector3d(14, 32, -9);
  pictureToProbe.linear() =
      (Eigen::AngleAxisd(0.4, Eigen::Vector3d::UnitX()) * Eigen::AngleAxisd(2.5, Eigen::Vector3d::UnitY()) *
       Eigen::AngleAxisd(1.2, Eigen::Vector3d::UnitZ()))
          .toRotationMatrix();
}

Eigen::Matrix4d FeatureScene::imageToProbe() const {
  return pictureToProbe.matrix() *
         Eigen::Vector4d(spacingMm.x(), spacingMm.y(), spacingMm.mean(), 1).asDiagonal();
}

Phantom FeatureScene::phantom() const {
  return parsePhantomJson(R"({"format": "acuguide.phantom/1", "name": "tank", "kind": ")" +
                              std::string(kind == FixedFeature::Point ? "point" : "wall") + "\"}",
                          "phantom.json");
}

FeatureSighting FeatureScene::sighting(int i, std::mt19937& random) const {
  std::normal_distribution<double> normalNoise;
  const double t = 0.37 * i + seed;
  const Eigen::Vector2d at(size.width * (0.5 + 0.35 * std::sin(1.3 * t)),
                           size.height * (0.55 + 0.3 * std::cos(0.9 * t)));
  Eigen::Isometry3d toReference = Eigen::Isometry3d::Identity();
  // A picture's y goes down into the wall.
  const Eigen::Quaterniond down = Eigen::Quaterniond::FromTwoVectors(Eigen::Vector3d::UnitY(), -normal);
  toReference.linear() = (down * Eigen::AngleAxisd(turnZ * std::sin(0.7 * t), Eigen::Vector3d::UnitY()) *
                          Eigen::AngleAxisd(turnX * std::sin(1.1 * t + 1), Eigen::Vector3d::UnitX()) *
                          Eigen::AngleAxisd(turnY * std::cos(0.6 * t), Eigen::Vector3d::UnitZ()))
                             .toRotationMatrix();
  const Eigen::Vector3d inPicture(at.x() * spacingMm.x(), at.y() * spacingMm.y(), 0);
  toReference.translation() = point - toReference.linear() * inPicture;
  FeatureSighting one;
  one.frame = i;
  one.time = 0.05 * i;
  one.probeToReference = (toReference * pictureToProbe.inverse()).matrix();
  if (kind == FixedFeature::Point) {
    one.pointsPx = {at};
  } else {
    for (const double share : {0.15, 0.5, 0.85}) {
      const Eigen::Vector3d across(share * size.width * spacingMm.x(), 0, 0);
      const double y =
          normal.dot(point - toReference * across) / normal.dot(toReference.linear().col(1)) / spacingMm.y();
      one.pointsPx.emplace_back(share * size.width, y);
    }
  }
  for (Eigen::Vector2d& px : one.pointsPx) {
    px.y() += noisePx * normalNoise(random);
    if (kind == FixedFeature::Point) px.x() += noisePx * normalNoise(random);
  }
  for (int k = 0; k < 3; ++k) one.probeToReference(k, 3) += poseNoiseMm * normalNoise(random);
  if (poseNoiseDeg > 0) {
    const Eigen::Vector3d off(normalNoise(random), normalNoise(random), normalNoise(random));
    one.probeToReference.topLeftCorner<3, 3>() *=
        Eigen::AngleAxisd(poseNoiseDeg * M_PI / 180 * off.norm(), off.normalized()).toRotationMatrix();
  }
  std::uniform_real_distribution<double> share(0.0, 1.0);
  if (wildShare > 0 && share(random) < wildShare) {
    const Eigen::Vector2d moved(size.width * 0.4 * (share(random) - 0.5),
                                size.height * 0.4 * (share(random) - 0.5));
    for (Eigen::Vector2d& px : one.pointsPx) px += moved;
  }
  return one;
}

std::vector<FeatureSighting> FeatureScene::sightings() const {
  std::mt19937 random(seed);
  std::vector<FeatureSighting> all;
  for (int i = 0; i < frames; ++i) all.push_back(sighting(i, random));
  return all;
}

Sweep FeatureScene::sweep(const std::string& name) const {
  Sweep made{name, {}};
  for (const FeatureSighting& one : sightings()) {
    Frame frame;
    frame.index = one.frame;
    frame.time = one.time;
    frame.pixels = cv::Mat(size, CV_8UC1);
    const unsigned own = seed * 977 + static_cast<unsigned>(one.frame);
    cv::theRNG().state = own;
    cv::randn(frame.pixels, 8, 3);
    if (kind == FixedFeature::Wall) {
      const Eigen::Vector2d along = (one.pointsPx[2] - one.pointsPx[0]) / 0.7 * 0.2;
      cv::line(frame.pixels, sixteenths(one.pointsPx[0] - along), sixteenths(one.pointsPx[2] + along), 200, 3,
               cv::LINE_AA, 4);
    } else if (crossedWires) {
      std::mt19937 random(own);
      drawCrossedWires(frame.pixels, one.pointsPx[0], random);
    } else {
      drawSpot(frame.pixels, one.pointsPx[0]);
    }
    frame.poses = {{"Probe", "Reference", one.probeToReference, true}};
    made.frames.push_back(std::move(frame));
  }
  return made;
}

FeatureScene wallScene() {
  FeatureScene scene;
  scene.kind = FixedFeature::Wall;
  return scene;
}

}  // namespace acuguide::calibration::test
