#pragma once

#include "simulation/blade.h"
#include "simulation/noise_field.h"
#include "simulation/probe_geometry.h"

#include <opencv2/core.hpp>

#include <cstdint>
#include <vector>

namespace acuguide::simulation {

/// How bright a blade is.
struct BladeEchoOptions {
  double echoDb = -3.0;            ///< shaft lying parallel to the face, in plane
  double steepLossDb = 26.0;       ///< lost at 60 degrees, growing with the square of the angle
  double beamHalfThickness = 1.1;  ///< mm off plane at which the echo is down by 1/e
  double tipDb = -13.0;            ///< the bevel scatters whatever the angle
  int reverberations = 3;
  double reverberationSpacing = 0.95;  ///< mm
  double reverberationDb = -12.0;      ///< the first against the shaft; the next lose half as much
  double shadowDb = 5.0;               ///< lost by the sound that passes the shaft
};

/// Level of the shaft's echo (dB below the brightest grey) `back` mm before the tip: in plane brightness,
/// less what the angle and the way off plane cost.
double shaftLevelDb(const BladeEchoOptions& options, const BladePose& blade, double back);

/// Adds the echoes of a blade to a beam-space picture (samples x beams, CV_32FC2) before its lateral blur,
/// and takes the shadow from `gain` (CV_32FC1, same size as `gain` has; rows along the beam).
class BladeEcho {
 public:
  BladeEcho(const ProbeGeometry& probe, const BladeEchoOptions& options, std::uint64_t seed);

  void addEchoes(const BladePose& blade, cv::Mat& echoes) const;
  void castShadow(const BladePose& blade, cv::Mat& gain) const;

 private:
  void splat(const Eigen::Vector2d& beam, double amplitude, double phase, cv::Mat& echoes) const;

  const ProbeGeometry& probe_;
  BladeEchoOptions options_;
  NoiseField roughness_;
};

}  // namespace acuguide::simulation
