#include "simulation/ground_truth.h"

#include "core/units.h"

#include <cmath>
#include <functional>

namespace acuguide::simulation {

namespace {

constexpr double kVertexStepPx = 8.0;
constexpr double kClearlySeenDb = -36.0;  ///< a shaft echo this bright stands out of muscle
constexpr double kSeenLengthMm = 3.0;

bool touches(const ContactOptions& contact, const ProbeGeometry& probe, const Eigen::Vector2d& point,
             double time) {
  const double position = probe.toBeam(point).x() / probe.options().apertureMm + 0.5;
  return contactAt(contact, position, time) > 0.5;
}

/// Picture depth at lateral position x where `signedDepth` (mm below the plane) is zero; starts at `guess`.
std::optional<double> crossing(const std::function<double(double)>& signedDepth, double guess) {
  double depth = guess;
  for (int i = 0; i < 8; ++i) {
    const double off = signedDepth(depth);
    depth -= off;
    if (std::abs(off) < 1e-3) return depth;
  }
  return std::nullopt;
}

/// A curve of the tissue at rest, and how thick the bright band on it is.
struct RestCurve {
  PlaneLabel label;
  std::function<std::optional<double>(double)> depthAt;
  double guess;
  double upperHalf, lowerHalf;  ///< mm
};

PlaneTruth trace(const RestCurve& curve, const ProbeGeometry& probe, const TissueMotion& motion,
                 const ContactOptions& contact, double time) {
  PlaneTruth plane{curve.label, {}};
  const double pxPerMm = 1.0 / probe.options().spacingMm;
  double guess = curve.guess;
  for (double x = 0.0; x < ProbeGeometry::kWidthPx; x += kVertexStepPx) {
    const double lateral = probe.fromPx({x, 0.0}).x();
    bool onCurve = true;
    const auto below = [&](double depth) {
      const Eigen::Vector2d rest = motion.restOf({lateral, depth});
      const auto surface = curve.depthAt(rest.x());
      onCurve = surface.has_value();
      return surface ? probe.tissueDepth(rest) - *surface : 0.0;
    };
    const auto depth = crossing(below, guess);
    if (!depth || !onCurve) continue;
    guess = *depth;
    if (!probe.contains({lateral, *depth}) || !touches(contact, probe, {lateral, *depth}, time)) continue;
    const double y = probe.toPx({lateral, *depth}).y();
    plane.vertices.push_back({x, y, y - curve.upperHalf * pxPerMm, y + curve.lowerHalf * pxPerMm});
  }
  return plane;
}

std::vector<RestCurve> curvesOf(const Anatomy& anatomy, const TissueSampler& tissue,
                                const ProbeGeometry& probe) {
  const double pulse = 2.355 * probe.pulseSigma();  // full width at half height
  std::vector<RestCurve> curves;
  for (std::size_t i = 0; i < anatomy.boundaries.size(); ++i) {
    const Boundary& boundary = anatomy.boundaries[i];
    if (!boundary.membrane) continue;
    const BoundaryCurve* curve = &tissue.boundaries()[i];
    const double half = 0.55 * boundary.thickness + 0.6 * pulse;
    curves.push_back({*boundary.membrane,
                      [curve](double x) { return std::optional<double>(curve->depthAt(x)); }, boundary.depth,
                      half, half});
  }
  for (const Bone& bone : anatomy.bones)
    curves.push_back({PlaneLabel::Bone, [bone](double x) { return surfaceDepth(bone, x); }, bone.top.y(),
                      0.38 + 0.6 * pulse, 0.38 + 0.6 * pulse});
  return curves;
}

std::optional<BladeTruth> bladeTruth(const ScenarioDefinition& scenario, const ProbeGeometry& probe,
                                     const BladePose& pose, double time) {
  constexpr double kStep = 0.05;  // mm
  constexpr double kLongest = 90.0;
  std::optional<double> first, last, seenFirst, seenLast;
  double seen = 0.0;
  for (double back = 0.0; back < kLongest; back += kStep) {
    const Eigen::Vector2d point = pose.at(back);
    if (!probe.contains(point)) {
      if (first) break;
      continue;
    }
    if (!first) first = back;
    last = back;
    if (!touches(scenario.contact, probe, point, time)) continue;
    if (shaftLevelDb(scenario.bladeEcho, pose, back) < kClearlySeenDb) continue;
    seen += kStep;
    if (!seenFirst) seenFirst = back;
    seenLast = back;
  }
  if (!first) return std::nullopt;
  BladeTruth truth;
  truth.pose = pose;
  truth.visible = seen >= kSeenLengthMm;
  truth.tipPx = probe.toPx(pose.at(*first));
  truth.tailPx = probe.toPx(pose.at(*last));
  truth.shaftTipPx = probe.toPx(pose.at(truth.visible ? *seenFirst : *first));
  truth.shaftTailPx = probe.toPx(pose.at(truth.visible ? *seenLast : *last));
  const Eigen::Vector2d direction = pose.direction();
  truth.angle = std::atan(-direction.y() / (std::abs(direction.x()) < 1e-9 ? 1e-9 : direction.x()));
  return truth;
}

}  // namespace

PlacedScenario place(const ScenarioDefinition& scenario, const ProbeGeometry& probe,
                     const TissueSampler& tissue) {
  PlacedScenario placed{scenario, scenario.anatomy.structures};
  for (Structure& structure : placed.structures)
    structure.centre = probe.fromTissue(structure.centre.x(), structure.centre.y());
  Eigen::Vector2d& target = placed.definition.targetMm;
  const auto& boundaries = scenario.anatomy.boundaries;
  for (std::size_t i = 0; i < boundaries.size(); ++i) {
    if (scenario.targetPlane && boundaries[i].membrane == scenario.targetPlane)
      target.y() = tissue.boundaries()[i].depthAt(target.x());
  }
  target = probe.fromTissue(target.x(), target.y());
  if (placed.definition.course) placed.definition.course->targetMm = target;
  return placed;
}

FrameTruth groundTruth(const PlacedScenario& placed, const ProbeGeometry& probe, const TissueSampler& tissue,
                       const TissueMotion& motion, double time) {
  const ScenarioDefinition& scenario = placed.definition;
  FrameTruth truth;
  truth.time = time;
  for (const RestCurve& curve : curvesOf(scenario.anatomy, tissue, probe)) {
    PlaneTruth plane = trace(curve, probe, motion, scenario.contact, time);
    if (plane.vertices.size() > 1) truth.planes.push_back(std::move(plane));
  }
  const double pxPerMm = 1.0 / probe.options().spacingMm;
  for (const Structure& structure : placed.structures) {
    const Eigen::Vector2d centre = motion.seenOf(structure.centre);
    truth.structures.push_back({structure.kind, structure.name, probe.toPx(centre),
                                structure.radii * motion.growthOf(structure) * pxPerMm,
                                radians(structure.angleDeg)});
  }
  truth.targetMm = motion.seenOf(scenario.targetMm);
  truth.targetPx = probe.toPx(truth.targetMm);
  if (motion.blade()) truth.blade = bladeTruth(scenario, probe, *motion.blade(), time);
  return truth;
}

}  // namespace acuguide::simulation
