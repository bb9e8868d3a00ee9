#pragma once

#include "simulation/blade_echo.h"
#include "simulation/contact.h"
#include "simulation/probe_geometry.h"
#include "simulation/tissue_map.h"
#include "simulation/tissue_motion.h"

#include <opencv2/core.hpp>

#include <cstdint>
#include <vector>

namespace acuguide::simulation {

/// The scanner's settings.
struct ScannerOptions {
  double dynamicRangeDb = 60.0;
  double gainDb = 3.0;
  double noiseDb = -70.0;          ///< electronic noise at the face
  double noiseRiseDbPerMm = 0.36;  ///< the gain over depth that makes up for attenuation raises the noise
  double residualDbPerMm = -0.20;  ///< what that gain leaves uncompensated
};

/// From scatterers to a beam-space B-mode picture: sample the displaced tissue, weaken it by what lies above,
/// add the blade, blur with the depth-dependent lateral point spread, add noise, detect, compress.
class ImageFormer {
 public:
  ImageFormer(const ProbeGeometry& probe, const TissueMap& map, const ScannerOptions& options,
              std::uint64_t seed);

  /// Samples x beams, CV_8UC1, valid until the next call. `frame` picks the noise.
  const cv::Mat& form(const TissueMotion& motion, const BladeEcho& bladeEcho, const ContactOptions& contact,
                      double time, std::int64_t frame);

 private:
  void drawNoise();
  void findDisplacements(const TissueMotion& motion);
  void sampleTissue(double elevation);
  void findGain(const TissueMotion& motion, const BladeEcho& bladeEcho);
  void weaken(const ContactOptions& contact, double time);
  void blurLaterally();
  void detect(std::int64_t frame);
  void compress();

  const ProbeGeometry& probe_;
  const TissueMap& map_;
  ScannerOptions options_;
  std::uint64_t seed_;
  double carrier_;  ///< radians of phase per mm of axial displacement, there and back

  std::vector<std::vector<float>>
      kernels_;  ///< lateral point spread of each sample row: centre, then one side
  std::vector<float> rowGain_, rowNoise_;
  std::vector<float> beamGain_;     ///< what skin and coupling take, beam by beam
  std::vector<cv::Vec2f> ringing_;  ///< of the face, by row
  cv::Mat noise_;                   ///< CV_32FC2, drawn once, shown through a moving window

  cv::Mat coarse_;           ///< CV_32FC3 nodes: cell x, cell y, carrier phase
  cv::Mat cells_, phase_;    ///< per sample: CV_32FC2 map cells, CV_32FC1 phase
  cv::Mat gain_, fineGain_;  ///< CV_32FC1
  cv::Mat echoes_, beside_, blurred_, power_, picture_;
};

}  // namespace acuguide::simulation
