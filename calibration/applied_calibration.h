#pragma once

#include "core/frame.h"
#include "core/scale.h"

#include <Eigen/Core>

#include <ctime>
#include <filesystem>
#include <optional>
#include <string>

namespace acuguide::calibration {

/// A calibration put to use: it gives a stream's frames their scale and their place at the probe, or refuses
/// to, by the fail-safe rule: frames it was not made for get no millimetres at all.
class AppliedCalibration {
 public:
  /// From RESULT.json. Throws Error when the file cannot be read or states no pixel spacing.
  explicit AppliedCalibration(const std::filesystem::path& path);

  /// Where the file does not state the image size it was made for, it is taken to be that of the first frame.
  ///
  /// Sets the frame's pixel spacing and, for a spatial calibration, its pose ImageToProbe (any other of that
  /// name is dropped), and returns an empty text. When the calibration must not be used for this frame it
  /// takes the spacing away, leaves the reason in ImageGeometry::whyNoScale and returns it: not usable, found
  /// wrong by its check (`calibrate check`), older than its limit or dated in the future, made for another
  /// image size, depth (the source states another spacing) or probe (the frames are tracked, but not that
  /// probe).
  std::string applyTo(Frame& frame, std::time_t now = std::time(nullptr)) const;

 private:
  std::string whyNot(const Frame& frame, std::time_t now) const;

  std::string name_;
  bool usable_ = false;
  std::string created_;
  std::string failedCheck_;  ///< when it was checked and found wrong; else empty
  std::time_t expires_ = 0;
  std::time_t createdAt_ = 0;
  std::optional<GivenScale> scale_;
  std::optional<Eigen::Matrix4d> imageToProbe_;
  std::string probe_;
};

}  // namespace acuguide::calibration
