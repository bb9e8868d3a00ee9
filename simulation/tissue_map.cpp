#include "simulation/tissue_map.h"

#include "simulation/noise_field.h"
#include "simulation/random.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace acuguide::simulation {

namespace {

constexpr double kSideMargin = 9.0;  ///< mm of face beyond the aperture
constexpr double kDeepMargin = 3.0;  ///< mm below the picture
constexpr double kNearMargin = 1.0;  ///< mm above the face
constexpr int kAttenuationStep = 4;  ///< cells of echo per cell of attenuation

/// Gaussian of unit sum, and the factor that gives white noise blurred with it its power back.
struct Blur {
  cv::Mat kernel;
  double power = 0.0;  ///< sum of squares
};

Blur gaussian(double sigmaCells) {
  const int size = 2 * std::max(1, static_cast<int>(std::ceil(3.0 * sigmaCells))) + 1;
  Blur blur{cv::getGaussianKernel(size, sigmaCells, CV_32F), 0.0};
  blur.power = blur.kernel.dot(blur.kernel);
  return blur;
}

}  // namespace

TissueMap::TissueMap(const ProbeGeometry& probe, const TissueSampler& sampler, std::uint64_t seed) {
  const ProbeOptions& options = probe.options();
  acrossPitch_ = options.apertureMm / options.beams * 0.7;
  alongPitch_ = probe.samplePitch();
  acrossStart_ = -0.5 * options.apertureMm - kSideMargin;
  alongStart_ = -kNearMargin;
  const int columns = static_cast<int>((options.apertureMm + 2 * kSideMargin) / acrossPitch_);
  const int rows = static_cast<int>((options.depthMm + kNearMargin + kDeepMargin) / alongPitch_);
  echoes_.create(rows, columns, CV_32FC2);
  beside_.create(rows, columns, CV_32FC2);
  attenuation_.create(rows / kAttenuationStep + 1, columns / kAttenuationStep + 1, CV_32FC1);

  const Blur along = gaussian(probe.pulseSigma() / alongPitch_);
  const Blur across = gaussian(kBaseLateralSigma / acrossPitch_);
  const double diffuseGain = 1.0 / std::sqrt(2.0 * along.power * across.power);

  const NoiseField phases(seed, 31);
  Random scatterers(seed, 32), scatterersBeside(seed, 33);
  for (int row = 0; row < rows; ++row) {
    auto* echo = echoes_.ptr<cv::Vec2f>(row);
    auto* aside = beside_.ptr<cv::Vec2f>(row);
    for (int column = 0; column < columns; ++column) {
      const Eigen::Vector2d beam(acrossStart_ + column * acrossPitch_, alongStart_ + row * alongPitch_);
      const Eigen::Vector2d point = probe.fromBeam(beam);
      const double beamAngle = options.radiusMm > 0.0 ? beam.x() / options.radiusMm : 0.0;
      const double depth = probe.tissueDepth(point);
      const Echo tissue = sampler.at(point.x(), depth, options.radiusMm > 0.0 ? 0.6 * beamAngle : 0.0);
      const double diffuse = tissue.diffuse * diffuseGain;
      const double phase = 2.0 * std::numbers::pi * phases.at(point.x() / 3.5, depth / 1.2);
      echo[column] = {static_cast<float>(diffuse * scatterers.normal() + tissue.specular * std::cos(phase)),
                      static_cast<float>(diffuse * scatterers.normal() + tissue.specular * std::sin(phase))};
      aside[column] = {static_cast<float>(diffuse * scatterersBeside.normal()),
                       static_cast<float>(diffuse * scatterersBeside.normal())};
      if (row % kAttenuationStep == 0 && column % kAttenuationStep == 0)
        attenuation_.at<float>(row / kAttenuationStep, column / kAttenuationStep) =
            static_cast<float>(tissue.attenuation);
    }
  }
  for (cv::Mat* field : {&echoes_, &beside_})
    cv::sepFilter2D(*field, *field, CV_32F, across.kernel, along.kernel, cv::Point(-1, -1), 0,
                    cv::BORDER_REFLECT);
}

cv::Point2f TissueMap::cellOf(const Eigen::Vector2d& beam) const {
  return {static_cast<float>((beam.x() - acrossStart_) / acrossPitch_),
          static_cast<float>((beam.y() - alongStart_) / alongPitch_)};
}

float TissueMap::attenuationAt(const cv::Vec2f& cell) const {
  const int row = std::clamp(static_cast<int>(cell[1]) / kAttenuationStep, 0, attenuation_.rows - 1);
  const int column = std::clamp(static_cast<int>(cell[0]) / kAttenuationStep, 0, attenuation_.cols - 1);
  return attenuation_.at<float>(row, column);
}

}  // namespace acuguide::simulation
