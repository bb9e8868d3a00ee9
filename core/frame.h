#pragma once

#include "core/transform.h"

#include <Eigen/Core>
#include <opencv2/core.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace acuguide {

/// What is known about how the picture's pixels lie in the body.
struct ImageGeometry {
  /// Pixel spacing (x, y) in mm. Unknown is unknown: without it nothing is shown in millimetres.
  std::optional<Eigen::Vector2d> spacingMm;
  /// Why there is none although a scale was stated or given (core/scale.h); else empty.
  std::string whyNoScale = {};
  /// Width of a pixel over its height, as the source states it; 1 where it states nothing.
  double pixelAspect = 1.0;
};

/// One ultrasound picture as it came in, with all that came with it. Immutable once published
/// (`std::shared_ptr<const Frame>`).
struct Frame {
  cv::Mat pixels;          ///< CV_8UC1, or CV_8UC3 (BGR) where the source is coloured; never empty
  std::int64_t index = 0;  ///< number within its source, from 0
  /// Frames of one epoch follow one another; it rises with each discontinuity: a clock that went back, a gap,
  /// another image size, a jump in a recording, another connection (core/stream_clock.h).
  std::int64_t epoch = 0;
  double time = 0.0;  ///< seconds on the source's own time line (recorded time stamps, or as `arrival`)
  double arrival =
      0.0;  ///< monotonicSeconds() when it entered the program; the age of the picture counts from here
  double decodeSeconds = 0;  ///< what reading and decoding took
  ImageGeometry geometry;
  std::vector<NamedPose> poses;
  std::string name;  ///< file name with its parent folder for image folders, else empty
};

}  // namespace acuguide
