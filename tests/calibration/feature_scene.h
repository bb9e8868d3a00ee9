#pragma once

#include "calibration/spatial/feature_calibration.h"

#include <Eigen/Geometry>

#include <random>
#include <string>
#include <vector>

namespace acuguide::calibration::test {

/// A tracked probe that looks at a point, at two crossed wires or at a wall from all sides, with a known
/// answer.
struct FeatureScene {
  FixedFeature kind = FixedFeature::Point;
  bool crossedWires = false;  ///< images show the point as the crossing of two long wires, not its brightest
  cv::Size size{400, 320};
  Eigen::Vector2d spacingMm{0.12, 0.1};
  Eigen::Isometry3d pictureToProbe = Eigen::Isometry3d::Identity();
  Eigen::Vector3d point{120, -80, 900};  ///< in the reference; a wall's too
  Eigen::Vector3d normal = Eigen::Vector3d(0.1, -0.2, 1).normalized();
  int frames = 90;
  double turnX = 0.5, turnY = 0.45, turnZ = 0.7;  ///< rad, how far the probe is turned
  double noisePx = 0.5;
  double poseNoiseMm = 0.0, poseNoiseDeg = 0.0;  ///< of the marker, about each axis
  double wildShare = 0.0;                        ///< of the sightings, somewhere else in the image
  unsigned seed = 1;

  FeatureScene();
  Eigen::Matrix4d imageToProbe() const;
  Eigen::Vector2d pictureSize() const { return {double(size.width), double(size.height)}; }
  Phantom phantom() const;

  /// Where the feature is seen, with the poses that show it there.
  std::vector<FeatureSighting> sightings() const;
  FixedFeatureSolution solve() const { return solveFixedFeature(kind, sightings(), pictureSize()); }
  /// Images of it, tracked.
  Sweep sweep(const std::string& name) const;

 private:
  FeatureSighting sighting(int i, std::mt19937& random) const;
};

FeatureScene wallScene();

}  // namespace acuguide::calibration::test
