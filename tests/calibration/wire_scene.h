#pragma once

#include "calibration/spatial/spatial_observations.h"

#include <Eigen/Geometry>

#include <functional>
#include <string>

namespace acuguide::calibration::test {

/// Simulated sweeps of a tracked probe over a wire phantom, with a known answer: wires are drawn as bright
/// spots where the image plane cuts them, on noise.
struct WireScene {
  Phantom phantom;  ///< fCal 2.0, with PhantomToReference
  cv::Size size{480, 360};
  Eigen::Vector2d spacingMm{0.11, 0.1};
  Eigen::Isometry3d pictureToProbe = Eigen::Isometry3d::Identity();  ///< mm of the picture plane to the probe
  int frames = 60;
  double turning = 1.0;  ///< 0: the probe is never turned
  double dotNoisePx = 0.3;
  double poseNoiseMm = 0.0, poseNoiseDeg = 0.0;  ///< of the probe's marker, each axis
  double memory = 0.0;                           ///< of these from frame to frame
  double wildShare = 0.0;                        ///< of the frames, with a pose some millimetres off
  unsigned seed = 1;
  bool mirrored = false;  ///< pictures flipped left to right
  /// Changes what is recorded of a frame (poses, pixels), by its place in the sweep.
  std::function<void(int, Frame&)> spoil;

  WireScene();
  Eigen::Matrix4d imageToProbe() const;
  Sweep sweep(const std::string& name) const;
  /// What a faultless finder sees of the wires, with the noise of dots and poses.
  std::vector<WireObservation> observations() const;

 private:
  Eigen::Isometry3d pictureToPhantom(double time, unsigned phase) const;
};

}  // namespace acuguide::calibration::test
