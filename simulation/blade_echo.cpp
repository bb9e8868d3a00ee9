#include "simulation/blade_echo.h"

#include "simulation/decibels.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace acuguide::simulation {

namespace {

constexpr double kShaftStep = 0.05;    ///< mm
constexpr double kShaftLength = 70.0;  ///< mm, longer than any picture
constexpr double kTipLength = 0.9;     ///< mm of bevel

}  // namespace

double shaftLevelDb(const BladeEchoOptions& options, const BladePose& blade, double back) {
  const double steepness = blade.angle / (std::numbers::pi / 3.0);
  const double off = (blade.offPlaneMm + blade.offPlaneSlope * back) / options.beamHalfThickness;
  return options.echoDb - options.steepLossDb * steepness * steepness - 8.686 * off * off;
}

BladeEcho::BladeEcho(const ProbeGeometry& probe, const BladeEchoOptions& options, std::uint64_t seed)
    : probe_(probe), options_(options), roughness_(seed, 41) {}

void BladeEcho::addEchoes(const BladePose& blade, cv::Mat& echoes) const {
  const double density = kShaftStep / probe_.beamPitch();
  for (double back = 0.0; back < kShaftLength; back += kShaftStep) {
    const Eigen::Vector2d point = blade.at(back);
    if (point.y() < -1.0) break;
    const Eigen::Vector2d beam = probe_.toBeam(point);
    double levelDb = shaftLevelDb(options_, blade, back) + 2.2 * roughness_.at(back / 2.5, 0.5);
    if (back < kTipLength) {
      const double off = (blade.offPlaneMm) / options_.beamHalfThickness;
      levelDb = std::max(levelDb, options_.tipDb - 8.686 * off * off);
    }
    double level = density * amplitude(levelDb);
    const double phase = 0.6 * roughness_.at(back / 4.0, 9.5);
    splat(beam, level, phase, echoes);
    for (int k = 1; k <= options_.reverberations && back > 0.6 * k; ++k) {
      level *= amplitude((k > 1 ? 0.5 : 1.0) * options_.reverberationDb +
                         3.0 * roughness_.at(back / 3.0, 20.5 * k));
      splat({beam.x(), beam.y() + k * options_.reverberationSpacing}, level, phase + 1.3 * k, echoes);
    }
  }
}

void BladeEcho::splat(const Eigen::Vector2d& beam, double amplitude, double phase, cv::Mat& echoes) const {
  constexpr int kReach = 5;
  const double pulse = probe_.pulseSigma() / probe_.samplePitch();
  const double column = (beam.x() + 0.5 * probe_.options().apertureMm) / probe_.beamPitch() - 0.5;
  const double row = beam.y() / probe_.samplePitch() - 0.5;
  const int left = static_cast<int>(std::floor(column)), middle = static_cast<int>(std::lround(row));
  if (left < -1 || left >= echoes.cols || middle < -kReach || middle >= echoes.rows + kReach) return;
  const auto real = static_cast<float>(std::cos(phase)), imaginary = static_cast<float>(std::sin(phase));
  for (int i = std::max(middle - kReach, 0); i <= std::min(middle + kReach, echoes.rows - 1); ++i) {
    const double off = (i - row) / pulse;
    const double height = amplitude * std::exp(-0.5 * off * off);
    for (int j = std::max(left, 0); j <= std::min(left + 1, echoes.cols - 1); ++j) {
      const auto share = static_cast<float>(height * (1.0 - std::abs(column - j)));
      echoes.at<cv::Vec2f>(i, j) += cv::Vec2f(share * real, share * imaginary);
    }
  }
}

void BladeEcho::castShadow(const BladePose& blade, cv::Mat& gain) const {
  const double across = probe_.options().apertureMm / gain.cols, along = probe_.options().depthMm / gain.rows;
  std::vector<int> first(static_cast<std::size_t>(gain.cols), gain.rows);
  std::vector<float> factor(static_cast<std::size_t>(gain.cols), 1.0F);
  for (double back = 0.0; back < kShaftLength; back += 0.5 * across) {
    const Eigen::Vector2d beam = probe_.toBeam(blade.at(back));
    const int column = static_cast<int>(std::floor((beam.x() + 0.5 * probe_.options().apertureMm) / across));
    if (column < 0 || column >= gain.cols || beam.y() < 0.0) continue;
    const double off = (blade.offPlaneMm + blade.offPlaneSlope * back) / options_.beamHalfThickness;
    const auto i = static_cast<std::size_t>(column);
    first[i] = std::min(first[i], static_cast<int>((beam.y() + 0.6) / along));
    factor[i] = static_cast<float>(amplitude(-options_.shadowDb * std::exp(-off * off)));
  }
  for (int column = 0; column < gain.cols; ++column) {
    const auto i = static_cast<std::size_t>(column);
    for (int row = first[i]; row < gain.rows; ++row) gain.at<float>(row, column) *= factor[i];
  }
}

}  // namespace acuguide::simulation
