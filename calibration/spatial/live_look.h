#pragma once

#include "calibration/spatial/phantom.h"
#include "core/frame.h"

#include <Eigen/Core>

#include <string>
#include <vector>

namespace acuguide::calibration {

/// What a single picture shows of a phantom while a sweep is being recorded.
struct LiveLook {
  std::vector<Eigen::Vector2d> dotsPx;  ///< those that are read as the phantom's wires; else the bright spots
  bool read = false;                    ///< the picture shows the whole phantom
  bool tracked = false;                 ///< and a pose leads from the probe to it
  std::string sentence;                 ///< what is missing, or that nothing is
};

/// Looks at one frame by itself: a frame that is not `read` and `tracked` will not help a calibration, and
/// the sentence says why. Never throws.
LiveLook lookAt(const Phantom& phantom, const Frame& frame);

}  // namespace acuguide::calibration
