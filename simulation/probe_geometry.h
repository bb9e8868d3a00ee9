#pragma once

#include <Eigen/Core>
#include <opencv2/core.hpp>

namespace acuguide::simulation {

// Two coordinate systems, both mm. Picture plane: x to the picture's right from its centre line, y depth
// below the middle of the transducer face. Beam space: x along the face (arc length), y range from the face
// along the beam. For a linear probe they are the same.

/// A transducer, and how its picture lies on the screen.
struct ProbeOptions {
  double apertureMm = 50.0;  ///< length of the face (arc length for a curved probe)
  double depthMm = 36.0;     ///< range shown
  double radiusMm = 0.0;     ///< radius of the face of a curved probe; 0 for a linear one
  double frequencyMHz = 10.0;
  double focusMm = 16.0;
  double spacingMm = 0.08;  ///< of a pixel, both ways
  double faceYPx = 16.0;    ///< row of the face on the centre line
  int beams = 256, samples = 640;
};

/// Maps between pixels, picture plane and beam space, and converts beam-space pictures to the screen.
class ProbeGeometry {
 public:
  static constexpr int kWidthPx = 640, kHeightPx = 480;

  explicit ProbeGeometry(const ProbeOptions& options);

  const ProbeOptions& options() const { return options_; }
  double beamPitch() const { return options_.apertureMm / options_.beams; }
  double samplePitch() const { return options_.depthMm / options_.samples; }

  double wavelength() const { return 1.54 / options_.frequencyMHz; }  ///< mm, at 1540 m/s
  /// Standard deviation of the pulse's envelope along the beam, mm: about 1.3 wavelengths wide at half
  /// height.
  double pulseSigma() const { return 1.3 * wavelength() / 2.355; }

  Eigen::Vector2d toBeam(const Eigen::Vector2d& point) const;
  Eigen::Vector2d fromBeam(const Eigen::Vector2d& beam) const;
  Eigen::Vector2d toPx(const Eigen::Vector2d& point) const;
  Eigen::Vector2d fromPx(const Eigen::Vector2d& px) const;

  /// Inside the insonified part of the picture.
  bool contains(const Eigen::Vector2d& point) const;

  /// Depth below the skin of tissue that a curved face has pressed to its own shape: equal to range at the
  /// face, to picture depth far from it.
  double tissueDepth(const Eigen::Vector2d& point) const;
  /// Its inverse: the picture plane's point at lateral position x where tissueDepth is `depth`.
  Eigen::Vector2d fromTissue(double x, double depth) const;

  /// Beam-space picture (samples x beams, CV_8UC1) to the screen picture; black outside.
  void scanConvert(const cv::Mat& beamPicture, cv::Mat& picture) const;

 private:
  ProbeOptions options_;
  cv::Mat mapIndex_, mapWeight_;  ///< fixed-point remap tables
};

}  // namespace acuguide::simulation
