#pragma once

#include "calibration/camera/marker_tracker.h"

#include <filesystem>
#include <vector>

namespace acuguide::calibration {

/// A calibrated camera and the boards it is to follow.
struct MarkerSet {
  CameraModel camera;
  std::vector<TrackedBoard> boards;
};

/// Reads "acuguide.markers/1" (docs/schemas/markers.schema.json) and the camera calibration it names. Throws
/// Error: not there, not such a file, a board that is none or cannot be followed (a chessboard looks alike
/// from two sides), a tool named twice, a camera calibration that is not usable.
MarkerSet readMarkerSet(const std::filesystem::path& path);

}  // namespace acuguide::calibration
