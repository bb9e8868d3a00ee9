#pragma once

#include "calibration/report/result.h"
#include "core/transform.h"

#include <Eigen/Core>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace acuguide::calibration {

/// A tracked point that was touched in the image: the tip of a stylus held into the scan.
struct Touch {
  std::int64_t frame = 0;
  Eigen::Vector2d px;     ///< where the image shows it
  Eigen::Vector3d tipMm;  ///< where the tracker has it, in the probe's frame
};

struct ProbeCheckOptions {
  double limitMm = 2.0;       ///< acceptance: the largest error
  std::size_t least = 5;      ///< touches
  double leastSpread = 0.25;  ///< of the image's width and height that the touches must span
};

/// What the touches say of a spatial calibration.
struct ProbeCheck {
  std::vector<double> errorMm;  ///< of each touch: from where the calibration puts it to where it is
  double meanMm = 0.0, maxMm = 0.0;
  Eigen::Vector3d shiftMm = Eigen::Vector3d::Zero();  ///< mean of the errors, in the probe's frame
  bool passed = false;
  std::string sentence;  ///< the verdict, with the likely cause of one that failed
};

/// Acceptance test of a probe. `imageToProbe` maps px to the probe's frame, `imageSize` in px. Throws Error:
/// too few touches, or all of them in one part of the image, which would say nothing of the rest.
ProbeCheck checkProbe(const std::vector<Touch>& touches, const Eigen::Matrix4d& imageToProbe,
                      const Eigen::Vector2d& imageSize, const ProbeCheckOptions& options = {});

/// Keeps the check with the calibration it was made of: `check` in that RESULT.json; the one before is
/// replaced, all else stays. A calibration whose check failed gives no scale (AppliedCalibration). Throws
/// Error when the file cannot be read or written.
void keepCheck(const std::filesystem::path& calibration, const std::vector<Touch>& touches,
               const ProbeCheck& check);

/// The calibration's matrix; throws Error, naming `where`, for another kind of result or one without it.
Eigen::Matrix4d imageToProbeOf(const Result& calibration, const std::string& where);

}  // namespace acuguide::calibration
