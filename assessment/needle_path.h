#pragma once

#include <Eigen/Geometry>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace acuguide::assessment {

/// The half of space that is tissue: below a plane that is the skin.
struct TissueSide {
  Eigen::Vector3d surface = Eigen::Vector3d::Zero();  ///< a point of the skin, mm
  Eigen::Vector3d inward = Eigen::Vector3d::UnitY();  ///< unit vector into the tissue

  double depth(const Eigen::Vector3d& point) const { return inward.dot(point - surface); }
  bool holds(const Eigen::Vector3d& point) const { return depth(point) >= 0.0; }
};

/// The needle at one moment, mm, in a frame that is the same for the whole path.
struct NeedleSample {
  std::int64_t frame = 0;  ///< of the session
  double time = 0.0;       ///< seconds, rising
  bool broken = false;     ///< time was broken off between the sample before and this (FrameRecord::broken)
  Eigen::Vector3d tip = Eigen::Vector3d::Zero();
  Eigen::Quaterniond orientation = Eigen::Quaterniond::Identity();  ///< x along the shaft, towards the tip
  std::optional<TissueSide> tissue;                                 ///< none: not known

  Eigen::Vector3d axis() const { return orientation * Eigen::Vector3d::UnitX(); }
};

using NeedlePath = std::vector<NeedleSample>;
using PathPart = std::span<const NeedleSample>;

// The measures of Perk Tutor (github.com/PerkTutor/PythonMetrics; Ungi et al., IEEE TBME 2012), sample by
// sample as there. What needs tissue is absent where any sample does not know it; all are absent for fewer
// than two samples.

std::optional<double> elapsedSeconds(PathPart path);
std::optional<double> pathLength(PathPart path);
/// 100 * (path / chord - 1), %. Absent where the end is less than a millimetre from the beginning: the ratio
/// then says nothing.
std::optional<double> inefficiency(PathPart path);
/// The steps that end inside the tissue.
std::optional<double> secondsInside(PathPart path);
std::optional<double> lengthInside(PathPart path);
/// Tissue damage: the area (mm²) between the shafts, from tip to skin, of consecutive samples whose tips are
/// both inside; two triangles each.
std::optional<double> sweptArea(PathPart path);
/// Times the needle went in: the tip and the points 5 mm before and behind it on the shaft are all inside,
/// after all three were outside.
std::optional<int> punctures(PathPart path);
/// Motions: faster than 50 mm/s (the tip) or 50 deg/s; a change of state counts once it has lasted longer
/// than 0.2 s. (Perk Tutor takes the speed of the point that is at the origin of its coordinates; we take the
/// tip's.)
std::optional<int> translationalMotions(PathPart path);
std::optional<int> rotationalMotions(PathPart path);

/// Where the shaft crosses the skin; the tip itself where the shaft runs along the skin or the tissue is
/// unknown.
Eigen::Vector3d skinPoint(const NeedleSample& sample);

}  // namespace acuguide::assessment
