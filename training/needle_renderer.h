#pragma once

#include <Eigen/Core>
#include <opencv2/core.hpp>

#include <random>

namespace acuguide::training {

/// A needle as drawn into a real picture.
struct RenderedNeedle {
  Eigen::Vector2d tip = Eigen::Vector2d::Zero();
  Eigen::Vector2d tail = Eigen::Vector2d::Zero();  ///< where it leaves the picture or fades out
  double angleDeg = 0;                             ///< steepness
  double peak = 0;                                 ///< grey level of the shaft where it is brightest
  /// From the middle between the two to the middle of the shaft, which may be slightly bent.
  Eigen::Vector2d bend = Eigen::Vector2d::Zero();
  double contrast = 0;  ///< mean grey level of the shaft above the brighter of its two sides
};

/// What may be drawn; uniform between the two numbers where there are two.
struct RenderOptions {
  double angleDeg[2] = {5, 65};
  double peak[2] = {150, 255};
  double flatShare = 0.3;  ///< of needles besides that lie at 4 to 16 degrees
};

/// Draws an in-plane needle into the ultrasound picture `bounds` of `picture` (CV_8UC1), the probe being at
/// the top, or at the bottom when `probeAtBottom`. Modelled on what B-mode shows of a metal shaft: in a
/// log-compressed picture the beam's Gaussian profile is a parabola in grey levels; brightness wanders along
/// the shaft, falls with steepness, may have gaps and fade towards the tail; echoes lie on the far side, a
/// comet tail hangs from a part of the shaft along the beam, the tissue behind may be shadowed; the shaft
/// ends sharply in the tissue. Same generator state, same pixels.
RenderedNeedle renderNeedle(cv::Mat& picture, const cv::Rect& bounds, bool probeAtBottom,
                            const RenderOptions& options, std::mt19937& random);

}  // namespace acuguide::training
