#pragma once

#include <Eigen/Core>

#include <string_view>

namespace acuguide::tracking {

/// Observed: seen in this very frame. Predicted: known from earlier frames only. None: not known.
enum class NeedleState { None, Predicted, Observed };

/// As in needle.csv: "none", "predicted", "observed".
std::string_view nameOf(NeedleState state);

/// The needle as known at one moment. Coordinates as in imaging::FrameAnalysis. With state None nothing but
/// `time` and `confidence` means anything.
struct NeedleTrack {
  NeedleState state = NeedleState::None;
  double time = 0.0;        ///< seconds, the frame's
  double confidence = 0.0;  ///< 0..1; with None, of the best rejected candidate
  Eigen::Vector2d tipPx = Eigen::Vector2d::Zero();
  Eigen::Vector2d tailPx = Eigen::Vector2d::Zero();
  Eigen::Matrix2d tipCovariancePx = Eigen::Matrix2d::Zero();
  Eigen::Vector2d tipVelocityPx = Eigen::Vector2d::Zero();  ///< px/s
  double unobservedSeconds = 0.0;                           ///< since the last observation; 0 when observed

  double angle() const;       ///< radians, in (-pi/2, pi/2], positive when the line rises to the right
  double tipSigmaPx() const;  ///< standard deviation along the worst direction
  double lengthPx() const { return (tipPx - tailPx).norm(); }
};

}  // namespace acuguide::tracking
