#pragma once

#include "simulation/frame_truth.h"
#include "simulation/probe_geometry.h"
#include "simulation/scenario_definition.h"
#include "simulation/tissue_motion.h"
#include "simulation/tissue_sampler.h"

namespace acuguide::simulation {

/// Says what a picture made at this moment of `motion` shows. `time` is the scenario's, for loss of contact.
FrameTruth groundTruth(const ScenarioDefinition& scenario, const ProbeGeometry& probe,
                       const TissueSampler& tissue, const TissueMotion& motion, double time);

}  // namespace acuguide::simulation
