#pragma once

#include "core/transform.h"
#include "tracking/needle_track.h"

#include <Eigen/Core>

#include <optional>
#include <vector>

namespace acuguide::tracking {

/// A needle as its tracker has it, in the picture: where it really is, whether it is seen or not. Pixels as
/// in imaging::FrameAnalysis; "through" is across the picture's plane, positive away from one who faces it.
struct TrackedNeedle {
  Eigen::Vector2d tipPx = Eigen::Vector2d::Zero();    ///< foot of the tip on the picture's plane
  double tipThroughMm = 0.0;                          ///< how far the tip lies from that plane
  Eigen::Vector2d shaftPx = Eigen::Vector2d::Zero();  ///< foot of the shaft 40 mm towards the handle
  double shaftThroughMm = 0.0;
  bool tipInPlane = false;  ///< the beam (about 2 mm thick) holds the tip
};

/// From ImageToProbe and the poses of one frame (core/pose_chain.h). The needle's own frame is "NeedleTip",
/// or "NeedleShaft" where only the shaft is known (calibrate pivot --spin): origin at the tip, z along the
/// shaft from handle to tip. None where a pose is missing or invalid: an old needle is no needle.
std::optional<TrackedNeedle> trackedNeedle(const std::vector<NamedPose>& poses);

/// How far the seen tip lies from the tracked one, millimetres, the way through the picture included: what is
/// seen lies in its plane. None unless the needle is seen in this very frame and the picture's scale is
/// known.
std::optional<double> disagreementMm(const NeedleTrack& seen, const TrackedNeedle& tracked,
                                     const std::optional<Eigen::Vector2d>& spacingMm);

/// More than this is shown: then the calibration, a marker or what is taken for the needle is wrong.
inline constexpr double worstDisagreementMm = 3.0;

}  // namespace acuguide::tracking
