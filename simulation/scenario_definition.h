#pragma once

#include "simulation/anatomy.h"
#include "simulation/blade.h"
#include "simulation/blade_echo.h"
#include "simulation/contact.h"
#include "simulation/image_former.h"
#include "simulation/probe_geometry.h"
#include "simulation/scenario.h"
#include "simulation/tissue_motion.h"

#include <optional>
#include <vector>

namespace acuguide::simulation {

/// Everything a scenario is. The room's own; callers outside see ScenarioInfo.
struct ScenarioDefinition {
  ScenarioInfo info;
  ProbeOptions probe;
  ScannerOptions scanner;
  Anatomy anatomy;
  MotionOptions motion;
  ContactOptions contact;
  BladeEchoOptions bladeEcho;
  std::optional<BladeCourseOptions> course;            ///< its target is the scenario's
  Eigen::Vector2d targetMm = Eigen::Vector2d::Zero();  ///< at rest
  /// When given, the target lies on this plane at the lateral position of targetMm.
  std::optional<PlaneLabel> targetPlane;
};

const std::vector<ScenarioDefinition>& scenarioDefinitions();

/// Throws Error naming the known scenarios.
const ScenarioDefinition& findScenario(const std::string& name);

}  // namespace acuguide::simulation
