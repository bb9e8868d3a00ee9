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
};

/// One ultrasound picture as it came in, with all that came with it. Immutable once published
/// (`std::shared_ptr<const Frame>`).
struct Frame {
  cv::Mat pixels;          ///< CV_8UC1, or CV_8UC3 (BGR) where the source is coloured; never empty
  std::int64_t index = 0;  ///< number within its source, from 0
  double time = 0.0;       ///< seconds on the source's own time line (recorded time stamps, or as `arrival`)
  double arrival =
      0.0;  ///< monotonicSeconds() when it entered the program; the age of the picture counts from here
  double decodeSeconds = 0;  ///< what reading and decoding took
  ImageGeometry geometry;
  std::vector<NamedPose> poses;
  std::string name;  ///< file name with its parent folder for image folders, else empty
};

}  // namespace acuguide
