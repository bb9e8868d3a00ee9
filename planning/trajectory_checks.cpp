#include "planning/trajectory_checks.h"

#include "core/error.h"
#include "core/units.h"
#include "planning/danger_zones.h"
#include "planning/instrument_library.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace acuguide::planning {
namespace {

std::string mm(double value) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.1f mm", value);
  return text.data();
}

std::string degreesText(double angle) { return std::to_string(std::lround(degrees(angle))) + " degrees"; }

void requireNumber(double value, const std::string& what) {
  if (!std::isfinite(value)) throw Error("trajectory", what + " is not a number", "give it in millimetres");
}

void checkNumbers(const TrajectoryRequest& r) {
  requireNumber(r.target.lateralMm, "the target's lateral position");
  requireNumber(r.target.depthMm, "the target's depth");
  if (r.maximumDepthMm) requireNumber(*r.maximumDepthMm, "the maximum depth");
  if (r.boneDepthMm) requireNumber(*r.boneDepthMm, "the bone's depth");
  if (r.probeWidthMm) requireNumber(*r.probeWidthMm, "the probe's width");
  requireNumber(r.corridorHalfWidthMm, "the corridor");
  requireNumber(r.toleranceMm, "the tolerance");
  requireNumber(r.instrument.lengthMm, "the instrument's length");
  requireNumber(r.instrument.bladeWidthMm, "the blade's width");
  requireNumber(r.instrument.diameterMm, "the instrument's diameter");
  for (const DangerZone& zone : r.dangers) {
    requireNumber(zone.marginMm, "the margin of " + zone.name);
    if (zone.marginMm < 0)
      throw Error("trajectory", "the margin of " + zone.name + " is negative", "give 0 mm or more");
    for (const Eigen::Vector2d& point : outlineOf(zone)) {
      requireNumber(point.x(), "the outline of " + zone.name);
      requireNumber(point.y(), "the outline of " + zone.name);
    }
  }
}

std::string sideOf(const Trajectory& way) { return way.fromLeft ? "left" : "right"; }

std::string nameOf(const Trajectory& way) {
  if (way.angle > radians(89.5)) return "upright";
  return "from the " + sideOf(way) + " at " + degreesText(way.angle);
}

/// What speaks most for `best` against `other`.
std::string whyBefore(const Trajectory& best, const Trajectory& other) {
  if (best.corridorClear != other.corridorClear) return "its whole corridor stays out of every margin";
  const TrajectoryCost mine = costOf(best), theirs = costOf(other);
  const double seen = theirs.visibilityMm - mine.visibilityMm, room = theirs.roomMm - mine.roomMm,
               way = theirs.wayMm - mine.wayMm;
  if (std::max({seen, room, way}) <= 0) return "they are equal, and the first is taken";
  if (seen >= room && seen >= way)
    return "the blade is seen better (" + std::string(nameOf(best.visibility)) + " against " +
           std::string(nameOf(other.visibility)) + ")";
  if (room >= way)
    return "it leaves more room (" + mm(*best.roomMm) + " against " + mm(*other.roomMm) +
           " beyond the margins)";
  return "its way is shorter (" + mm(best.pathMm) + " against " + mm(other.pathMm) + ")";
}

/// "from the left, 12 to 28 degrees: inside the margin of the median nerve (best case 1.2 mm too close)".
void addRefusals(const TrajectoryRequest& request, const std::vector<Trajectory>& tried,
                 std::vector<std::string>& sentences) {
  for (std::size_t first = 0; first < tried.size();) {
    std::size_t end = first + 1;
    double room = tried[first].roomMm.value_or(0);
    while (end < tried.size() && tried[end].refusal == tried[first].refusal &&
           tried[end].fromLeft == tried[first].fromLeft) {
      room = std::max(room, tried[end].roomMm.value_or(0));
      ++end;
    }
    const Trajectory& way = tried[first];
    if (!way.feasible()) {
      std::string text = "From the " + sideOf(way) + ", " + std::to_string(std::lround(degrees(way.angle)));
      if (end > first + 1) text += " to " + std::to_string(std::lround(degrees(tried[end - 1].angle)));
      text += " degrees: " + way.refusal;
      if (way.refusal.starts_with("inside")) text += ", at best " + mm(-room) + " too close";
      if (way.refusal.starts_with("no instrument")) {
        double longest = request.instrument.lengthMm;
        for (const Instrument& i : request.instruments) longest = std::max(longest, i.lengthMm);
        text += ": at least " + mm(tried[end - 1].pathMm + handleRoomMm) + " needed, the longest has " +
                mm(longest);
      }
      sentences.push_back(text + ".");
    }
    first = end;
  }
}

void addCautions(const TrajectoryRequest& request, const Trajectory& best,
                 std::vector<std::string>& sentences) {
  if (best.visibility >= Visibility::Poor)
    sentences.push_back(
        "At " + degreesText(best.angle) +
        " the blade will hardly be seen: steer by tissue motion and the depth limit, and never "
        "advance without seeing it.");
  if (!best.corridorClear)
    sentences.push_back("The corridor reaches into a margin: guidance will stop before its edge.");
  if (!request.probeWidthMm)
    sentences.push_back(
        "The probe's width is not known: whether the entry lies beside the probe was not checked.");
  if (request.dangers.empty()) sentences.push_back("No danger zone is drawn: nothing was kept clear of.");
  if (!best.deepestMm) sentences.push_back("Nothing limits the depth: set a maximum depth.");
}

}  // namespace

void checkRequest(const TrajectoryRequest& request) {
  checkNumbers(request);
  const double depth = request.target.depthMm;
  if (depth <= 0)
    throw Error("trajectory", "the target lies " + mm(-depth) + " above the skin",
                "give a depth below the skin");
  if (request.boneDepthMm && depth > *request.boneDepthMm)
    throw Error("trajectory",
                "the target at " + mm(depth) + " lies below the bone at " + mm(*request.boneDepthMm),
                "move the target up");
  for (const DangerZone& zone : request.dangers) {
    const auto bone = shallowestAt(outlineOf(zone), request.target.lateralMm);
    if (zone.kind == DangerKind::Bone && bone && depth > *bone)
      throw Error("trajectory", "the target at " + mm(depth) + " lies below the bone at " + mm(*bone),
                  "move the target up");
  }
  if (request.maximumDepthMm && depth > *request.maximumDepthMm)
    throw Error("trajectory",
                "the target at " + mm(depth) + " lies below the maximum depth " + mm(*request.maximumDepthMm),
                "move the target up or raise the maximum depth");
  const bool pleuraKnown = std::any_of(request.dangers.begin(), request.dangers.end(),
                                       [](const DangerZone& z) { return z.kind == DangerKind::Pleura; });
  if (request.overLung && !pleuraKnown && !request.maximumDepthMm)
    throw Error("trajectory", "the point lies over the lung",
                "draw the pleura as a danger zone or give the maximum depth");
}

std::vector<std::string> explain(const TrajectoryRequest& request, const TrajectoryProposal& proposal,
                                 const std::vector<Trajectory>& tried) {
  std::vector<std::string> sentences;
  if (proposal.best) {
    for (const Trajectory& other : proposal.alternatives)
      sentences.push_back(nameOf(*proposal.best) + " before " + nameOf(other) + ": " +
                          whyBefore(*proposal.best, other) + ".");
    for (std::string& text : sentences) text[0] = static_cast<char>(std::toupper(text[0]));
    addCautions(request, *proposal.best, sentences);
  } else {
    sentences.push_back("No trajectory is feasible.");
  }
  addRefusals(request, tried, sentences);
  return sentences;
}

std::string describe(const Trajectory& way, const std::vector<DangerZone>& dangers) {
  std::string text = nameOf(way) + ": enters " + mm(std::abs(way.entry.lateralMm)) +
                     (way.entry.lateralMm < 0 ? " left" : " right") + " of the centre line, " +
                     mm(way.pathMm) + " to the target; blade \"" + way.instrument.name + "\" (" +
                     mm(way.instrument.lengthMm) + " long, " + mm(way.instrument.bladeWidthMm) +
                     " wide), visibility " + std::string(nameOf(way.visibility));
  if (way.roomMm)
    text += ", " + mm(std::abs(*way.roomMm)) + (*way.roomMm < 0 ? " inside" : " beyond") + " the margin of " +
            dangers[*way.nearestDanger].name;
  if (way.deepestMm) text += ", never deeper than " + mm(*way.deepestMm) + " (" + way.deepestBy + ")";
  return text;
}

std::string describe(const TrajectoryProposal& proposal, const std::vector<DangerZone>& dangers) {
  std::string text;
  if (proposal.best) text += "proposed: " + describe(*proposal.best, dangers) + "\n";
  for (const Trajectory& other : proposal.alternatives)
    text += "also:     " + describe(other, dangers) + "\n";
  for (const std::string& sentence : proposal.explanation) text += "- " + sentence + "\n";
  return text;
}

}  // namespace acuguide::planning
