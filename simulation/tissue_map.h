#pragma once

#include "simulation/probe_geometry.h"
#include "simulation/tissue_sampler.h"

#include <opencv2/core.hpp>

#include <cstdint>

namespace acuguide::simulation {

/// The scatterers of a piece of limb, at rest, laid out in beam space and wider than the picture so that the
/// probe can move over it. Every cell holds the complex echo amplitude (in phase, quadrature) of its
/// scatterers as the narrowest pulse sees them; the depth-dependent rest of the point spread function belongs
/// to the picture. Because the scatterers live in the tissue, speckle moves and deforms with it.
class TissueMap {
 public:
  static constexpr double kBaseLateralSigma = 0.12;  ///< mm at the face, of the pulse blur already in the map

  TissueMap(const ProbeGeometry& probe, const TissueSampler& sampler, std::uint64_t seed);

  /// Cell coordinates of a point in beam space.
  cv::Point2f cellOf(const Eigen::Vector2d& beam) const;

  const cv::Mat& echoes() const { return echoes_; }  ///< CV_32FC2
  /// Scatterers just beside the picture plane, CV_32FC2: what comes in as the probe slides or tilts out of
  /// plane.
  const cv::Mat& beside() const { return beside_; }
  /// dB per mm at a cell.
  float attenuationAt(const cv::Vec2f& cell) const;

 private:
  double acrossPitch_ = 0.0, alongPitch_ = 0.0;
  double acrossStart_ = 0.0, alongStart_ = 0.0;
  cv::Mat echoes_, beside_, attenuation_;
};

}  // namespace acuguide::simulation
