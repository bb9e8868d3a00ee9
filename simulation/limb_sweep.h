#pragma once

#include "core/frame.h"
#include "core/triangle_mesh.h"
#include "simulation/limb.h"

#include <Eigen/Geometry>
#include <opencv2/core.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace acuguide::simulation {

/// A tracked sweep along the limb, and what is wrong with its poses.
struct SweepOptions {
  std::uint64_t seed = 1;
  std::int64_t frames = 300;
  double toMm = 94.0;  ///< of the limb, where the sweep ends; it begins at LimbSweep::kFromMm
  double framesPerSecond = 30.0;
  double poseNoiseMm = 0.0, poseNoiseDeg = 0.0;  ///< standard deviations, each axis, of ProbeToTracker
  /// The poses of a frame are those of so much earlier (as PLUS's TrackerLagSec states it: positive when
  /// tracker stamps are later than image stamps of the same event).
  double trackerLagSeconds = 0.0;
  double dropOuts = 0.0;  ///< share of frames whose ProbeToTracker is INVALID, in runs of up to 10
  /// A second visit: the limb lies turned and shifted in the reference, and the probe presses harder.
  double movedDeg = 0.0, movedMm = 0.0;
  double pressed = 0.0;  ///< share of thickness that is lost over the bone
};

struct SweptFrame {
  Frame frame;  ///< with ImageToProbe, ProbeToTracker and ReferenceToTracker, as a tracker gives them
  Eigen::Affine3d imageToReference;  ///< the truth; mm, from px
};

/// A tracked linear probe that is swept along a three-dimensional limb (limb.h), never at constant speed and
/// never quite upright. Images are 560x460 with the ultrasound in 480x400 of them, 0.1 mm a pixel, 8 bit. The
/// limb's scatterers are fixed in space, so that neighbouring frames correlate. Same options, same bytes. One
/// thread.
class LimbSweep {
 public:
  static constexpr int kWidthPx = 560, kHeightPx = 460;
  static const cv::Rect kRegion;  ///< px, where the ultrasound is
  static constexpr double kSpacingMm = 0.1;
  static constexpr double kFromMm = 6.0;  ///< of the limb, where the sweep begins

  /// Throws Error for options out of range.
  explicit LimbSweep(const SweepOptions& options);

  const SweepOptions& options() const { return options_; }
  SweptFrame render(std::int64_t index);

  /// The limb's surfaces and points in Reference coordinates, mm (limb.h).
  std::vector<std::pair<std::string, TriangleMesh>> surfaces() const;
  std::vector<std::pair<std::string, Eigen::Vector3d>> targets() const;

 private:
  Eigen::Isometry3d probeToLimb(double time) const;
  Eigen::Isometry3d referenceToTracker(double time) const;
  cv::Mat image(const Eigen::Affine3d& imageToLimb, std::int64_t index);
  void findDropOuts();

  SweepOptions options_;
  Limb limb_;
  Eigen::Isometry3d limbToReference_;
  Eigen::Isometry3d faceToProbe_;
  std::vector<char> dropped_;
  cv::Mat power_, grey_;
};

}  // namespace acuguide::simulation
