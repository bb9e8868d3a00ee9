#pragma once

#include <Eigen/Core>
#include <opencv2/core.hpp>

#include <optional>
#include <vector>

namespace acuguide::calibration {

/// A bright spot that may be the echo of a wire.
struct Dot {
  Eigen::Vector2d px;
  double contrast = 0.0;  ///< grey levels above its surroundings, smoothed
};

/// One frame's contrast picture: how much brighter each place is than its surroundings (difference of two
/// Gaussians, 8 bit), within the clip; elsewhere 0. Wire echoes stand out from slow shading and from wide
/// bright areas alike.
cv::Mat dotContrast(const cv::Mat& grey, const std::optional<cv::Rect>& clip = std::nullopt);

/// The `most` strongest local maxima of a contrast picture, strongest first, no two closer than 10 px.
std::vector<Dot> strongestDots(const cv::Mat& contrast, std::size_t most);

/// The local maximum of a contrast picture nearest to `at` among those within `radiusPx` that have at least
/// half the contrast of the strongest of them; nothing below `leastContrast` grey levels.
std::optional<Dot> dotNear(const cv::Mat& contrast, const Eigen::Vector2d& at, double radiusPx,
                           double leastContrast = 4.0);

/// Where exactly a dot is, to a fraction of a pixel.
struct DotPosition {
  Eigen::Vector2d centre;  ///< centre of brightness, px
  double frontPx;  ///< y where the echo begins (half of its brightest row): the wire's face, free of its tail
};

/// Measures the area around `at` that is connected and brighter than a fifth of its peak above the
/// background, within 1.3 mm to each side and 1.6 mm up and down, which keeps side lobes, reverberations and
/// neighbours out.
DotPosition measureDot(const cv::Mat& grey, const Eigen::Vector2d& at, const Eigen::Vector2d& spacingMm);

}  // namespace acuguide::calibration
