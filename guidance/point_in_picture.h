#pragma once

#include "core/transform.h"
#include "imaging/frame_analysis.h"
#include "planning/plan.h"

#include <Eigen/Core>

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace acuguide::guidance {

// Where a tracked probe's picture lies to a point in space, and how the blade's edge lies to the picture.

/// Half the thickness of the beam: a point within it is in the picture's plane (about 2 mm in all).
inline constexpr double beamHalfMm = 1.0;

/// A point in space as the picture sees it. The picture's own directions: right, away from the probe, and
/// "through": right x down of the pixels, away from one who faces the picture.
struct PointInPicture {
  Eigen::Vector2d px = Eigen::Vector2d::Zero();  ///< foot of the perpendicular on the picture's plane
  double throughMm = 0.0;   ///< how far the point lies from that plane; positive: behind it
  double rightMm = 0.0;     ///< of its foot from the centre line: the probe has to move right by this
  double radius95Mm = 0.0;  ///< of the point itself
  bool inPlane = false;     ///< the beam holds it
  bool inRegion = false;    ///< its foot lies inside the imaging region
};

enum class WhyNotPlaced {
  NotCalibrated,  ///< no ImageToProbe: a calibration is missing
  NotTracked,     ///< no pose leads from the picture to the point's frame
  PoseInvalid     ///< they are known, but one was invalid in this frame (hidden marker)
};
struct NotPlaced {
  WhyNotPlaced why = WhyNotPlaced::NotTracked;
  std::string pose;  ///< which
};

/// The point through ImageToProbe and the poses of this frame (core/pose_chain.h). Never throws.
std::variant<PointInPicture, NotPlaced> placeInPicture(const planning::PointInSpace& point,
                                                       const std::vector<NamedPose>& poses,
                                                       const imaging::ImagingRegion& region);

/// How a tracked needle's own frame is laid: origin at the tip, unit vectors along the shaft from handle to
/// tip and along the blade's edge.
struct NeedleFrame {
  std::string name = "NeedleTip";
  Eigen::Vector3d shaft = Eigen::Vector3d::UnitZ();
  Eigen::Vector3d edge = Eigen::Vector3d::UnitX();
};

/// Actual rotation of a tracked blade on the dial of blade_direction.h, radians in [0, pi); none where it is
/// not tracked or a pose is invalid. `probe`: where the transducer face is in the picture.
std::optional<double> trackedBlade(const std::vector<NamedPose>& poses, imaging::ProbeSide probe,
                                   const NeedleFrame& needle = {});

}  // namespace acuguide::guidance
