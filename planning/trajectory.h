#pragma once

#include "planning/plan.h"

#include <optional>
#include <string>
#include <vector>

namespace acuguide::planning {

/// How well a blade at an angle to the probe face is seen in plane: best under 35 degrees, limit 45, mostly
/// invisible beyond 50.
enum class Visibility { Best, Fair, Poor, MostlyInvisible };

/// `angle` in radians to the probe face.
Visibility forecastVisibility(double angle);
/// "best", "fair", "poor", "mostly invisible".
std::string_view nameOf(Visibility visibility);

/// What a way in has to respect. Lengths in mm in the plan's plane (see plan.h), angles in radians.
struct TrajectoryRequest {
  PicturePoint target;
  std::vector<DangerZone> dangers;
  std::optional<double> maximumDepthMm;
  std::optional<double> boneDepthMm;  ///< of the bone under the target, below the probe face
  /// Of the probe's face along the picture: the blade enters beside it. Unknown: the whole face is open.
  std::optional<double> probeWidthMm;
  std::optional<bool> fromLeft;  ///< only from this side of the picture
  double mostAngle = 1.5707963267948966;
  double corridorHalfWidthMm = 2.0;
  double toleranceMm = 2.0;             ///< the tip may go on by this before guidance stops it
  Instrument instrument;                ///< wanted; another one is proposed where this one does not reach
  std::vector<Instrument> instruments;  ///< to choose from
  bool overLung = false;  ///< the acupoint lies over the pleura: its place or a depth limit must be given
};

/// The request of a plan. `targetDepthMm`: of a target on a plane, which a plan alone does not say. Throws
/// Error when the target has no depth in millimetres.
TrajectoryRequest requestFor(const Plan& plan, const std::vector<Instrument>& instruments,
                             std::optional<double> targetDepthMm = std::nullopt);

/// A straight way in, from the skin (the probe face's height) to the target.
struct Trajectory {
  bool fromLeft = true;
  double angle = 0.0;  ///< to the probe face
  PicturePoint entry;
  double pathMm = 0.0;  ///< through tissue
  Instrument instrument;
  Visibility visibility = Visibility::Best;
  /// Least distance beyond any danger's margin, along the whole blade with its width, up to where guidance
  /// stops it; negative: inside. None without dangers.
  std::optional<double> roomMm;
  std::optional<std::size_t> nearestDanger;  ///< index in the request's dangers
  bool corridorClear = true;                 ///< the whole corridor stays out of all margins
  /// Deepest the tip may go along this line, and what ends it ("bone", "maximum depth", a danger's name).
  std::optional<double> deepestMm;
  std::string deepestBy;
  std::string refusal;  ///< why it is not feasible; empty: it is

  bool feasible() const { return refusal.empty(); }
};

/// The proposal and why. `alternatives`: the best of every other side and visibility.
struct TrajectoryProposal {
  std::optional<Trajectory> best;
  std::vector<Trajectory> alternatives;
  std::vector<std::string> explanation;  ///< sentences: why this one, what was refused, what to mind
};

/// What a trajectory costs, in mm of way: the way itself, `roomWorth` for each mm of room to the dangers
/// short of `enoughRoomMm`, and what is given up of visibility.
struct TrajectoryCost {
  double wayMm = 0, roomMm = 0, visibilityMm = 0;
  double total() const { return wayMm + roomMm + visibilityMm; }
};
inline constexpr double enoughRoomMm = 5.0;
inline constexpr double roomWorth = 5.0;
TrajectoryCost costOf(const Trajectory& trajectory);

/// Tries every degree from both sides (10 to 90, 90 once) and ranks the feasible ones: those whose whole
/// corridor stays out of all margins first, then by cost. Throws Error when no trajectory could make sense: a
/// number that is none, a target above the skin, below bone or the maximum depth, over the lung with neither
/// pleura nor depth limit given.
TrajectoryProposal proposeTrajectory(const TrajectoryRequest& request);

/// One trajectory judged by itself.
Trajectory judgeTrajectory(const TrajectoryRequest& request, bool fromLeft, double angle);

/// The plan with this way in: entry side, angle, instrument, and the depth limit where the trajectory knows a
/// nearer one.
Plan withTrajectory(Plan plan, const Trajectory& trajectory);

/// For a person: a line on one trajectory, a paragraph on the proposal.
std::string describe(const Trajectory& trajectory, const std::vector<DangerZone>& dangers);
std::string describe(const TrajectoryProposal& proposal, const std::vector<DangerZone>& dangers);

}  // namespace acuguide::planning
