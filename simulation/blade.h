#pragma once

#include <Eigen/Core>

#include <cstdint>
#include <optional>

namespace acuguide::simulation {

/// Where a blade lies. The line is that of its near surface, which is what echoes.
struct BladePose {
  Eigen::Vector2d tipMm =
      Eigen::Vector2d::Zero();    ///< picture plane: lateral from the centre line, depth below the face
  double angle = 0.5;             ///< radians between shaft and probe face, 0 to pi/2
  bool fromLeft = true;           ///< side of the picture it comes from
  double offPlaneMm = 0.0;        ///< distance of the tip from the picture plane
  double offPlaneSlope = 0.0;     ///< mm further off plane per mm of shaft back from the tip
  double speedMmPerSecond = 0.0;  ///< along the shaft; advancing pushes tissue ahead

  /// Unit vector along the shaft towards the tip.
  Eigen::Vector2d direction() const;
  /// Point of the shaft `back` mm before the tip.
  Eigen::Vector2d at(double back) const { return tipMm - back * direction(); }
};

/// An insertion as a function of time: in with pauses, hold, perhaps out again. The tip ends at `target`.
struct BladeCourseOptions {
  Eigen::Vector2d targetMm = {0.0, 17.5};
  double angleDeg = 30.0;
  bool fromLeft = true;
  double enterAt = 1.0, arriveAt = 7.5;  ///< seconds: at the skin, at the target
  std::optional<double> withdrawAt;      ///< seconds; out again in three
  double tremorMm = 0.12, tremorDeg = 0.35;
  double offPlaneMm = 0.0, offPlaneSlope = 0.0;
};

class BladeCourse {
 public:
  BladeCourse(const BladeCourseOptions& options, std::uint64_t seed);

  /// None while the blade is outside the body.
  std::optional<BladePose> at(double time) const;

 private:
  double pathLength() const;
  double inserted(double time) const;  ///< mm of shaft below the skin

  BladeCourseOptions options_;
  double phases_[6];
};

}  // namespace acuguide::simulation
