#include "planning/new_plan.h"

#include "core/units.h"
#include "planning/atlas.h"
#include "planning/instrument_library.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace acuguide::planning {
namespace {

/// In plane a needle is seen best under 35 degrees to the probe face and hardly beyond 50.
constexpr double plannedAngle = radians(40.0);

/// The blade of the library for this depth: 0.8 mm wide where there is one.
Instrument bladeFor(double depthMm) {
  const std::vector<Instrument> all = builtInInstruments().all();
  const Instrument* chosen = chooseInstrument(all, Instrument{}, depthMm / std::sin(plannedAngle));
  if (chosen) return *chosen;
  return *std::max_element(all.begin(), all.end(),
                           [](const Instrument& a, const Instrument& b) { return a.lengthMm < b.lengthMm; });
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
  if (const Acupoint* point = atlas().point(acupoint)) {
    const CunRange depth = point->referenceDepth();
    const double targetMm = referenceCunMm * (depth.from + depth.to) / 2;
    const double deepestMm = referenceCunMm * depth.to;
    plan.target = TargetAtDepth{{0.0, targetMm}};
    plan.maximumDepthMm = deepestMm;
    plan.instrument = bladeFor(deepestMm);
    plan.note = noteOf(*point);
  } else {
    plan.target = TargetAtPlane{};
    plan.instrument = bladeFor(40.0);
    plan.note =
        "No reference depth known: set target, maximum depth and dangers from this patient's picture before "
        "use.";
  }
  checkPlan(plan, "new plan");
  return plan;
}

}  // namespace acuguide::planning
