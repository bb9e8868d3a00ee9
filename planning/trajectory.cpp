#include "planning/trajectory.h"

#include "core/error.h"
#include "core/units.h"
#include "planning/atlas.h"
#include "planning/danger_zones.h"
#include "planning/instrument_library.h"
#include "planning/trajectory_checks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

namespace acuguide::planning {
namespace {

using Eigen::Vector2d;

constexpr int leastDegrees = 10;
constexpr double besideProbeMm = 2.0;  // between the probe's edge and the blade
constexpr double beyondMm = 60.0;      // how far below the target an end is looked for
constexpr double stepMm = 0.1;

Vector2d at(const PicturePoint& p) { return {p.lateralMm, p.depthMm}; }

Vector2d headingOf(bool fromLeft, double angle) {
  return {(fromLeft ? 1 : -1) * std::cos(angle), std::sin(angle)};
}

double halfWidthOf(const Instrument& blade) { return std::max(blade.diameterMm, blade.bladeWidthMm) / 2; }

/// Least room beyond any margin, and whose margin it is.
void measureRoom(const TrajectoryRequest& request, const Shaft& blade, const Shaft& corridor,
                 Trajectory& way) {
  for (std::size_t i = 0; i < request.dangers.size(); ++i) {
    const Outline outline = outlineOf(request.dangers[i]);
    const double margin = request.dangers[i].marginMm;
    const double room = distanceTo(outline, blade) - margin;
    if (!way.roomMm || room < *way.roomMm) {
      way.roomMm = room;
      way.nearestDanger = i;
    }
    way.corridorClear = way.corridorClear && distanceTo(outline, corridor) >= margin;
  }
}

/// How deep the tip may go along the line before a limit, a bone or a margin ends it.
void measureDepth(const TrajectoryRequest& request, const Vector2d& heading, Trajectory& way) {
  const auto endAt = [&](double depth, const std::string& by) {
    if (way.deepestMm && *way.deepestMm <= depth) return;
    way.deepestMm = depth;
    way.deepestBy = by;
  };
  if (request.maximumDepthMm) endAt(*request.maximumDepthMm, "maximum depth");
  if (request.boneDepthMm) endAt(*request.boneDepthMm, "bone");
  const double half = halfWidthOf(way.instrument);
  for (const DangerZone& zone : request.dangers) {
    const Outline outline = outlineOf(zone);
    for (double beyond = 0; beyond < beyondMm; beyond += stepMm) {
      const Vector2d tip = at(request.target) + beyond * heading;
      if (way.deepestMm && tip.y() > *way.deepestMm) break;
      if (distanceTo(outline, {tip, tip, half}) >= zone.marginMm) continue;
      endAt(tip.y() - (beyond > 0 ? stepMm * heading.y() : 0), zone.name);
      break;
    }
  }
}

std::string refusalOf(const TrajectoryRequest& request, const Trajectory& way, bool reaches) {
  if (request.probeWidthMm) {
    const double edge = *request.probeWidthMm / 2 + besideProbeMm;
    if (way.fromLeft ? way.entry.lateralMm > -edge : way.entry.lateralMm < edge)
      return "enters under the probe";
  }
  if (!reaches) return "no instrument is long enough";
  if (way.roomMm && *way.roomMm < 0)
    return "inside the margin of " + request.dangers[*way.nearestDanger].name;
  return {};
}

/// Smaller is better.
std::pair<bool, double> rankOf(const Trajectory& way) { return {!way.corridorClear, costOf(way).total()}; }

}  // namespace

Visibility forecastVisibility(double angle) {
  if (angle < radians(35.0)) return Visibility::Best;
  if (angle <= radians(45.0) + 1e-9) return Visibility::Fair;
  return angle <= radians(50.0) + 1e-9 ? Visibility::Poor : Visibility::MostlyInvisible;
}

std::string_view nameOf(Visibility visibility) {
  switch (visibility) {
    case Visibility::Best:
      return "best";
    case Visibility::Fair:
      return "fair";
    case Visibility::Poor:
      return "poor";
    case Visibility::MostlyInvisible:
      return "mostly invisible";
  }
  return "mostly invisible";
}

TrajectoryCost costOf(const Trajectory& way) {
  constexpr std::array<double, 4> visibilityWorth{0, 10, 30, 60};  // best, fair, poor, mostly invisible
  TrajectoryCost cost;
  cost.wayMm = way.pathMm;
  cost.roomMm = roomWorth * std::max(0.0, enoughRoomMm - way.roomMm.value_or(enoughRoomMm));
  cost.visibilityMm = visibilityWorth[static_cast<std::size_t>(way.visibility)];
  return cost;
}

TrajectoryRequest requestFor(const Plan& plan, const std::vector<Instrument>& instruments,
                             std::optional<double> targetDepthMm) {
  TrajectoryRequest request;
  if (const auto* depth = std::get_if<TargetAtDepth>(&plan.target)) {
    request.target = depth->point;
  } else if (const auto* plane = std::get_if<TargetAtPlane>(&plan.target); plane && targetDepthMm) {
    request.target = {plane->lateralMm, *targetDepthMm + plane->offsetMm};
  } else {
    throw Error("/target", "has no depth in millimetres",
                "give a target of kind \"depth\", or the depth of its plane in this patient");
  }
  request.dangers = plan.dangers;
  request.maximumDepthMm = plan.maximumDepthMm;
  request.fromLeft = plan.entryFromLeft;
  request.corridorHalfWidthMm = plan.corridorWidthMm / 2;
  request.toleranceMm = plan.targetToleranceMm;
  request.instrument = plan.instrument;
  request.instruments = instruments;
  if (const Acupoint* point = atlas().point(plan.acupoint)) {
    request.overLung = std::any_of(point->avoid.begin(), point->avoid.end(),
                                   [](const Avoid& part) { return part.kind == "pleura"; });
    if (point->oblique) request.mostAngle = radians(45.0);
  }
  return request;
}

Trajectory judgeTrajectory(const TrajectoryRequest& request, bool fromLeft, double angle) {
  Trajectory way;
  way.fromLeft = fromLeft;
  way.angle = angle;
  const Vector2d target = at(request.target), heading = headingOf(fromLeft, angle);
  way.pathMm = target.y() / heading.y();
  const Vector2d entry = target - way.pathMm * heading;
  way.entry = {entry.x(), 0.0};
  way.visibility = forecastVisibility(angle);
  way.instrument = request.instrument;
  bool reaches = request.instrument.lengthMm >= way.pathMm + handleRoomMm;
  if (!reaches) {
    const Instrument* longer = chooseInstrument(request.instruments, request.instrument, way.pathMm);
    reaches = longer != nullptr;
    if (reaches) way.instrument = *longer;
  }
  const Vector2d tip = target + request.toleranceMm * heading;
  measureRoom(request, {tip, entry, halfWidthOf(way.instrument)},
              {target, entry, std::max(request.corridorHalfWidthMm, halfWidthOf(way.instrument))}, way);
  measureDepth(request, heading, way);
  way.refusal = refusalOf(request, way, reaches);
  return way;
}

TrajectoryProposal proposeTrajectory(const TrajectoryRequest& request) {
  checkRequest(request);
  std::vector<Trajectory> tried;
  const int most = static_cast<int>(std::floor(degrees(request.mostAngle) + 1e-9));
  for (const bool fromLeft : {true, false}) {
    if (request.fromLeft && *request.fromLeft != fromLeft) continue;
    for (int angle = leastDegrees; angle <= most; ++angle) {
      const bool again =
          angle == 90 && !fromLeft && !request.fromLeft;  // upright is the same from both sides
      if (!again) tried.push_back(judgeTrajectory(request, fromLeft, radians(double(angle))));
    }
  }
  std::vector<Trajectory> feasible;
  std::copy_if(tried.begin(), tried.end(), std::back_inserter(feasible),
               [](const Trajectory& way) { return way.feasible(); });
  std::stable_sort(feasible.begin(), feasible.end(),
                   [](const Trajectory& a, const Trajectory& b) { return rankOf(a) < rankOf(b); });
  TrajectoryProposal proposal;
  for (const Trajectory& way : feasible) {
    const auto alike = [&](const Trajectory& other) {
      return other.fromLeft == way.fromLeft && other.visibility == way.visibility;
    };
    if (!proposal.best)
      proposal.best = way;
    else if (!alike(*proposal.best) &&
             std::none_of(proposal.alternatives.begin(), proposal.alternatives.end(), alike))
      proposal.alternatives.push_back(way);
  }
  proposal.explanation = explain(request, proposal, tried);
  return proposal;
}

Plan withTrajectory(Plan plan, const Trajectory& way) {
  plan.entryFromLeft = way.fromLeft;
  plan.entryAngle = way.angle;
  plan.instrument = way.instrument;
  if (way.deepestMm)
    plan.maximumDepthMm = std::min(plan.maximumDepthMm.value_or(*way.deepestMm), *way.deepestMm);
  return plan;
}

}  // namespace acuguide::planning
