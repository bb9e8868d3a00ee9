#pragma once

#include "simulation/frame_truth.h"
#include "simulation/probe_geometry.h"
#include "simulation/scenario_definition.h"
#include "simulation/tissue_motion.h"
#include "simulation/tissue_sampler.h"

#include <vector>

namespace acuguide::simulation {

/// A scenario with its parts where they really lie: target and structures in the picture plane, at rest.
struct PlacedScenario {
  ScenarioDefinition definition;
  std::vector<Structure> structures;
};

/// Puts the target on its plane and everything into the picture plane of the probe.
PlacedScenario place(const ScenarioDefinition& scenario, const ProbeGeometry& probe,
                     const TissueSampler& tissue);

/// Says what a picture made at this moment of `motion` shows. `time` is the scenario's, for loss of contact.
FrameTruth groundTruth(const PlacedScenario& placed, const ProbeGeometry& probe, const TissueSampler& tissue,
                       const TissueMotion& motion, double time);

}  // namespace acuguide::simulation
