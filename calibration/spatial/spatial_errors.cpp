#include "calibration/spatial/spatial_errors.h"

#include <Eigen/LU>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace acuguide::calibration {
namespace {

double distanceTo(const Wire& wire, const Eigen::Vector3d& point) {
  return wire.direction().cross(point - wire.front).norm();
}

void append(std::vector<double>& all, const std::vector<double>& some) {
  all.insert(all.end(), some.begin(), some.end());
}

}  // namespace

ErrorSummary summarise(std::vector<double> errors) {
  ErrorSummary summary;
  summary.n = errors.size();
  if (errors.empty()) return summary;
  const auto n = static_cast<double>(errors.size());
  std::sort(errors.begin(), errors.end());
  summary.mean = std::accumulate(errors.begin(), errors.end(), 0.0) / n;
  for (const double error : errors) {
    summary.sd += (error - summary.mean) * (error - summary.mean) / n;
    summary.rms += error * error / n;
  }
  summary.sd = std::sqrt(summary.sd);
  summary.rms = std::sqrt(summary.rms);
  summary.p95 = errors[static_cast<std::size_t>(std::ceil(0.95 * n)) - 1];
  summary.max = errors.back();
  return summary;
}

Eigen::Matrix3d pixelToPhantom(const WireObservation& observation, const Eigen::Matrix4d& imageToProbe) {
  const Eigen::Matrix4d matrix = observation.probeToPhantom * imageToProbe;
  Eigen::Matrix3d result;
  result << matrix.block<3, 2>(0, 0), matrix.block<3, 1>(0, 3);
  return result;
}

FrameErrors errorsOf(const Phantom& phantom, const WireObservation& observation,
                     const Eigen::Matrix4d& imageToProbe) {
  FrameErrors errors;
  const Eigen::Matrix3d plane = pixelToPhantom(observation, imageToProbe);
  for (std::size_t i = 0; i < phantom.wires.size(); ++i) {
    const Eigen::Vector2d& seen = observation.points[i];
    errors.pointToWireMm.push_back(distanceTo(phantom.wires[i], plane * seen.homogeneous()));
    const auto expected = cutPx(plane, phantom.wires[i]);
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    errors.offsetPx.push_back(expected ? Eigen::Vector2d(seen - *expected) : Eigen::Vector2d(nan, nan));
    errors.reprojectionPx.push_back(errors.offsetPx.back().norm());
  }
  for (std::size_t i = 0; i < phantom.patternCount(); ++i) {
    const Eigen::Vector3d mapped = plane * observation.points[3 * i + 1].homogeneous();
    errors.error3dMm.push_back((mapped - middleWirePoint(phantom, i, observation.points)).norm());
  }
  return errors;
}

SpatialErrors spatialErrors(const Phantom& phantom, const std::vector<WireObservation>& observations,
                            const Eigen::Matrix4d& imageToProbe) {
  SpatialErrors all;
  std::vector<double> distances, pixels, middles;
  for (const WireObservation& observation : observations) {
    all.frames.push_back(errorsOf(phantom, observation, imageToProbe));
    append(distances, all.frames.back().pointToWireMm);
    append(pixels, all.frames.back().reprojectionPx);
    append(middles, all.frames.back().error3dMm);
  }
  all.pointToWireMm = summarise(distances);
  all.reprojectionPx = summarise(pixels);
  all.error3dMm = summarise(middles);
  std::sort(middles.begin(), middles.end());
  middles.resize(static_cast<std::size_t>(std::lround(0.95 * static_cast<double>(middles.size()))));
  const ErrorSummary better = summarise(middles);
  all.plusMean = better.mean;
  all.plusSd = better.sd;
  return all;
}

double meanPointToWireMm(const Phantom& phantom, const WireObservation& observation,
                         const Eigen::Matrix4d& imageToProbe) {
  const Eigen::Matrix3d plane = pixelToPhantom(observation, imageToProbe);
  double sum = 0;
  for (std::size_t i = 0; i < phantom.wires.size(); ++i)
    sum += distanceTo(phantom.wires[i], plane * observation.points[i].homogeneous());
  return sum / static_cast<double>(phantom.wires.size());
}

}  // namespace acuguide::calibration
