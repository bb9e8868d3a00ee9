#include "planning/blade_direction.h"

#include "core/units.h"
#include "planning/atlas.h"

#include <Eigen/Geometry>

#include <array>
#include <cmath>
#include <cstdio>
#include <numbers>

namespace acuguide::planning {
namespace {

using Eigen::Vector2d;
using Eigen::Vector3d;

constexpr double leastFibreConfidence = 0.5;
constexpr double disagreement = radians(30.0);  // less is no conflict for a blade of this size
/// A structure nearer to the needle's own direction than this shows the blade no direction.
constexpr double leastTurn = 0.26;  // sin 15 degrees

struct Run3 {
  std::string name;
  std::optional<Vector3d> course;  ///< none: not known in this picture
  bool general = false;
};

/// A course on the limb as it lies in the picture; none where the picture's plane or the course is not known.
std::optional<Vector3d> inPicture(Run run, LimbPlane picture) {
  if (picture == LimbPlane::Unknown || run == Run::Oblique) return std::nullopt;
  const bool along = run == Run::AlongLimb;
  const bool inPlane = along == (picture == LimbPlane::Longitudinal);
  return inPlane ? Vector3d(1, 0, 0) : Vector3d(0, 0, 1);
}

Run3 zoneRun(const DangerZone& zone, const Plan& plan, const Acupoint* point) {
  Run3 run{zone.name, std::nullopt, false};
  if (zone.course) {
    run.course = *zone.course == CourseInPicture::Through ? Vector3d(0, 0, 1) : Vector3d(1, 0, 0);
    return run;
  }
  run.general = true;
  Run course = Run::AlongLimb;
  if (point) {
    for (const Avoid& part : point->avoid) {
      if (part.name == zone.name) course = part.course;
    }
  }
  run.course = inPicture(course, plan.picture);
  return run;
}

std::vector<Run3> dangersOf(const Plan& plan, const Acupoint* point) {
  std::vector<Run3> runs;
  for (const DangerZone& zone : plan.dangers) {
    if (zone.kind == DangerKind::Nerve || zone.kind == DangerKind::Vessel)
      runs.push_back(zoneRun(zone, plan, point));
  }
  if (!runs.empty() || !point) return runs;
  for (const Avoid& part : point->avoid) {
    if (part.kind != "pleura") runs.push_back({part.name, inPicture(part.course, plan.picture), true});
  }
  return runs;
}

/// The fibres the blade cuts along: measured where the picture shows them, else of the first muscle of the
/// stack.
std::optional<Run3> fibresOf(const Plan& plan, const Acupoint* point,
                             const std::optional<imaging::FibreDirection>& measured) {
  if (plan.picture == LimbPlane::Longitudinal && measured && measured->confidence >= leastFibreConfidence)
    return Run3{"measured muscle fibres", Vector3d(std::cos(measured->angle), -std::sin(measured->angle), 0),
                false};
  if (!point) return std::nullopt;
  for (const Layer& layer : point->stack) {
    if (layer.fibres) return Run3{"fibres of " + layer.name, inPicture(*layer.fibres, plan.picture), true};
  }
  return std::nullopt;
}

std::string degreesText(double angle) { return std::to_string(std::lround(degrees(angle))) + " degrees"; }

/// Takes the first run that shows a direction; names the others that disagree.
void follow(const std::vector<Run3>& runs, const Vector3d& axis, BladeRule rule, BladeDirection& blade) {
  for (const Run3& run : runs) {
    const std::optional<double> clock = run.course ? clockOf(*run.course, axis) : std::nullopt;
    if (!clock) continue;
    if (!blade.clock) {
      blade.rule = rule;
      blade.clock = clock;
      blade.follows = run.name;
      blade.general = run.general;
    } else if (between(*blade.clock, *clock) > disagreement && blade.conflict.empty()) {
      blade.conflict = run.name + " runs " + degreesText(between(*blade.clock, *clock)) +
                       " across the blade that is parallel to " + blade.follows;
    }
  }
}

std::string whyNone(const Plan& plan, bool anyCourse) {
  if (plan.picture == LimbPlane::Unknown && !anyCourse)
    return "say whether the picture lies along the limb or across it (picture: longitudinal or transverse)";
  return anyCourse ? "what is known runs nearly along the needle: no rotation is better than another"
                   : "the atlas knows only an oblique course here: follow the nerve or vessel with the probe";
}

}  // namespace

std::optional<double> clockOf(const Vector3d& course, const Vector3d& needleAxis) {
  const Vector3d axis = needleAxis.normalized();
  // Three o'clock: the picture's right, across the needle. For a needle along the face: towards the probe or
  // away.
  Vector3d right = Vector3d::UnitX() - axis.x() * axis;
  if (right.norm() < 1e-6) right = axis.x() > 0 ? Vector3d(0, -1, 0) : Vector3d(0, 1, 0);
  right.normalize();
  const Vector3d up = right.cross(axis);
  const Vector2d flat(course.normalized().dot(right), course.normalized().dot(up));
  if (flat.norm() < leastTurn) return std::nullopt;
  const double clock = std::fmod(std::atan2(flat.x(), flat.y()) + 2 * std::numbers::pi, std::numbers::pi);
  return clock > std::numbers::pi - 1e-9 ? 0.0 : clock;
}

double between(double clock, double other) {
  return std::abs(std::remainder(clock - other, std::numbers::pi));
}

Vector2d plannedNeedle(const Plan& plan) {
  if (!plan.entryAngle) return {0, 1};
  return {(plan.entryFromLeft.value_or(true) ? 1 : -1) * std::cos(*plan.entryAngle),
          std::sin(*plan.entryAngle)};
}

BladeDirection wantedBlade(const Plan& plan, const Vector2d& needle,
                           const std::optional<imaging::FibreDirection>& measured) {
  const Acupoint* point = atlas().point(plan.acupoint);
  const Vector3d axis(needle.x(), needle.y(), 0);
  BladeDirection blade;
  if (plan.bladeDirection) {
    blade.rule = BladeRule::ByHand;
    blade.clock = *plan.bladeDirection;
    blade.follows = "the plan's own direction";
  }
  const std::vector<Run3> dangers = dangersOf(plan, point);
  follow(dangers, axis, BladeRule::NerveOrVessel, blade);
  const std::optional<Run3> fibres = fibresOf(plan, point, measured);
  if (fibres)
    follow({*fibres}, axis, fibres->general ? BladeRule::AtlasFibres : BladeRule::MeasuredFibres, blade);
  if (!blade.clock) {
    bool anyCourse = fibres && fibres->course;
    for (const Run3& run : dangers) anyCourse = anyCourse || run.course;
    blade.note = whyNone(plan, anyCourse);
    return blade;
  }
  for (const Run3& run : dangers) {
    if (!run.course && blade.note.empty())
      blade.note = "the course of " + run.name + " is not known here: see it in the picture first";
  }
  return blade;
}

std::string clockText(double clock) {
  const int minutes = static_cast<int>(std::lround(clock / std::numbers::pi * 6 * 60)) % 360;
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%d:%02d", minutes < 60 ? 12 : minutes / 60, minutes % 60);
  return text.data();
}

std::string describe(const BladeDirection& blade) {
  if (!blade.clock) return "Blade direction not known: " + blade.note + ".";
  std::string text = "Blade at " + clockText(*blade.clock);
  text += blade.rule == BladeRule::ByHand ? ", set by hand" : ", parallel to " + blade.follows;
  if (blade.general) text += " [general knowledge]";
  text += ".";
  if (!blade.conflict.empty()) text += " Conflict: " + blade.conflict + ".";
  if (!blade.note.empty()) text += " Mind: " + blade.note + ".";
  return text;
}

}  // namespace acuguide::planning
