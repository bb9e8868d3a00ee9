#include "planning/new_plan.h"

#include "core/units.h"
#include "planning/atlas.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace acuguide::planning {
namespace {

/// In plane a needle is seen best under 35 degrees to the probe face and hardly beyond 50.
constexpr double plannedAngle = radians(40.0);

/// Usual lengths of type I blades [U], mm.
constexpr std::array<double, 5> bladeLengthsMm{40, 50, 70, 90, 120};

double bladeFor(double depthMm) {
  constexpr double handleMm = 10.0;  // stays outside the skin
  for (const double length : bladeLengthsMm) {
    if (length >= depthMm / std::sin(plannedAngle) + handleMm) return length;
  }
  return bladeLengthsMm.back();
}

std::string noteOf(const Acupoint& point) {
  const CunRange depth = point.referenceDepth();
  std::array<char, 240> text{};
  std::snprintf(
      text.data(), text.size(),
      "Reference depth %g-%g cun (textbook, filiform needle, 1 cun taken as %g mm): set target and dangers "
      "from this patient's picture before use.",
      depth.from, depth.to, referenceCunMm);
  std::string note = text.data();
  note += " Avoid:";
  for (const Avoid& part : point.avoid)
    note += " " + part.name + (part.general ? " [general knowledge];" : ";");
  if (point.forbiddenInPregnancy()) note += " Never in pregnancy.";
  return note;
}

}  // namespace

Plan newPlan(const std::string& acupoint, BodySide side) {
  Plan plan;
  plan.acupoint = acupoint;
  plan.side = side;
  plan.name = acupoint + " " + std::string(nameOf(side));
  plan.instrument.name = "type I 0.8 mm";
  if (const Acupoint* point = atlas().point(acupoint)) {
    const CunRange depth = point->referenceDepth();
    const double targetMm = referenceCunMm * (depth.from + depth.to) / 2;
    const double deepestMm = referenceCunMm * depth.to;
    plan.target = TargetAtDepth{{0.0, targetMm}};
    plan.maximumDepthMm = deepestMm;
    plan.instrument.lengthMm = bladeFor(deepestMm);
    plan.note = noteOf(*point);
  } else {
    plan.target = TargetAtPlane{};
    plan.instrument.lengthMm = bladeFor(40.0);
    plan.note =
        "No reference depth known: set target, maximum depth and dangers from this patient's picture before "
        "use.";
  }
  checkPlan(plan, "new plan");
  return plan;
}

}  // namespace acuguide::planning
