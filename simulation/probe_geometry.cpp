#include "simulation/probe_geometry.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace acuguide::simulation {

namespace {

constexpr float kOutside = -100.0F;  ///< a source position no beam has

}  // namespace

ProbeGeometry::ProbeGeometry(const ProbeOptions& options) : options_(options) {
  cv::Mat map(kHeightPx, kWidthPx, CV_32FC2);
  for (int row = 0; row < kHeightPx; ++row) {
    for (int column = 0; column < kWidthPx; ++column) {
      const Eigen::Vector2d point = fromPx({column, row});
      cv::Vec2f source(kOutside, kOutside);
      if (contains(point)) {
        const Eigen::Vector2d beam = toBeam(point);
        const double across = (beam.x() + 0.5 * options_.apertureMm) / beamPitch() - 0.5;
        const double along = beam.y() / samplePitch() - 0.5;
        source[0] = static_cast<float>(std::clamp(across, 0.0, options_.beams - 1.0));
        source[1] = static_cast<float>(std::clamp(along, 0.0, options_.samples - 1.0));
      }
      map.at<cv::Vec2f>(row, column) = source;
    }
  }
  cv::convertMaps(map, cv::noArray(), mapIndex_, mapWeight_, CV_16SC2);
}

Eigen::Vector2d ProbeGeometry::toBeam(const Eigen::Vector2d& point) const {
  if (options_.radiusMm <= 0.0) return point;
  const double fromApex = point.y() + options_.radiusMm;
  return {options_.radiusMm * std::atan2(point.x(), fromApex),
          std::hypot(point.x(), fromApex) - options_.radiusMm};
}

Eigen::Vector2d ProbeGeometry::fromBeam(const Eigen::Vector2d& beam) const {
  if (options_.radiusMm <= 0.0) return beam;
  const double angle = beam.x() / options_.radiusMm;
  const double reach = beam.y() + options_.radiusMm;
  return {reach * std::sin(angle), reach * std::cos(angle) - options_.radiusMm};
}

Eigen::Vector2d ProbeGeometry::toPx(const Eigen::Vector2d& point) const {
  return {point.x() / options_.spacingMm + 0.5 * (kWidthPx - 1),
          point.y() / options_.spacingMm + options_.faceYPx};
}

Eigen::Vector2d ProbeGeometry::fromPx(const Eigen::Vector2d& px) const {
  return {(px.x() - 0.5 * (kWidthPx - 1)) * options_.spacingMm,
          (px.y() - options_.faceYPx) * options_.spacingMm};
}

bool ProbeGeometry::contains(const Eigen::Vector2d& point) const {
  const Eigen::Vector2d beam = toBeam(point);
  return std::abs(beam.x()) <= 0.5 * options_.apertureMm && beam.y() >= 0.0 && beam.y() <= options_.depthMm;
}

double ProbeGeometry::tissueDepth(const Eigen::Vector2d& point) const {
  if (options_.radiusMm <= 0.0) return point.y();
  const double range = toBeam(point).y();
  const double flattening = std::clamp(range / options_.depthMm, 0.0, 1.0);
  return range + (point.y() - range) * flattening;
}

Eigen::Vector2d ProbeGeometry::fromTissue(double x, double depth) const {
  Eigen::Vector2d point(x, depth);
  for (int i = 0; i < 12; ++i) point.y() += depth - tissueDepth(point);
  return point;
}

void ProbeGeometry::scanConvert(const cv::Mat& beamPicture, cv::Mat& picture) const {
  cv::remap(beamPicture, picture, mapIndex_, mapWeight_, cv::INTER_LINEAR, cv::BORDER_CONSTANT, 0);
}

}  // namespace acuguide::simulation
