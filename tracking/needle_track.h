#pragma once

#include <Eigen/Core>

#include <string_view>

namespace acuguide::tracking {

/// Observed: seen in this very frame. Predicted: known from earlier frames only. None: not known.
enum class NeedleState { None, Predicted, Observed };

/// Standard deviations to each side that hold 95 % of a normal distribution.
inline constexpr double kInterval95 = 1.96;

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

  /// How much farther along the shaft than `tipPx` the tip may be, and how much less far: 95 % of tips lie
  /// between these ends. The image often leaves the far one open (an aponeurosis as bright as the needle, a
  /// shaft that fades), so the two differ.
  double tipAheadPx = 0.0, tipBehindPx = 0.0;

  Eigen::Vector2d shaftDirection() const;  ///< unit, from the tail to the tip; right where they coincide
  Eigen::Vector2d farTipPx() const { return tipPx + tipAheadPx * shaftDirection(); }
  Eigen::Vector2d nearTipPx() const { return tipPx - tipBehindPx * shaftDirection(); }
  double angle() const;  ///< radians, in (-pi/2, pi/2], positive when the line rises to the right
  /// Standard deviation along the worst direction, such that 1.96 of them reach both ends of the interval.
  double tipSigmaPx() const;
  double lengthPx() const { return (tipPx - tailPx).norm(); }
};

}  // namespace acuguide::tracking
