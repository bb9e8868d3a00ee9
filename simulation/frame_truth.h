#pragma once

#include "simulation/anatomy.h"
#include "simulation/blade.h"

#include <Eigen/Core>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace acuguide::simulation {

// What is really in a simulated picture. Pixels of the full picture, x right, y down, centre of the first
// pixel at (0,0). Angles are radians, positive when the line rises to the right.

/// The blade, when any of it lies in the picture. The line is the one that echoes: the shaft's near surface.
struct BladeTruth {
  bool visible = false;  ///< its echo stands out over at least 3 mm, or it does at the tip
  Eigen::Vector2d tipPx = Eigen::Vector2d::Zero();
  Eigen::Vector2d tailPx = Eigen::Vector2d::Zero();  ///< where the shaft leaves the picture or the skin
  /// Ends of what can be seen of the shaft; tip and tail when nothing of it can.
  Eigen::Vector2d shaftTipPx = Eigen::Vector2d::Zero();
  Eigen::Vector2d shaftTailPx = Eigen::Vector2d::Zero();
  double angle = 0.0;
  BladePose pose;
};

struct PlaneTruthVertex {
  double x = 0.0, ridge = 0.0, upper = 0.0, lower = 0.0;
};

/// A plane where the probe touches the skin above it.
struct PlaneTruth {
  PlaneLabel label = PlaneLabel::Fascia;
  std::vector<PlaneTruthVertex> vertices;  ///< at most 8 px apart
};

struct StructureTruth {
  StructureKind kind = StructureKind::Nerve;
  std::string name;
  Eigen::Vector2d centrePx = Eigen::Vector2d::Zero();
  Eigen::Vector2d radiiPx = Eigen::Vector2d::Zero();  ///< half axes; the first lies along `angle`
  double angle = 0.0;
};

struct FrameTruth {
  std::int64_t index = 0;
  double time = 0.0;
  std::optional<BladeTruth> blade;
  std::vector<PlaneTruth> planes;
  std::vector<StructureTruth> structures;
  Eigen::Vector2d targetPx = Eigen::Vector2d::Zero();
  Eigen::Vector2d targetMm =
      Eigen::Vector2d::Zero();  ///< picture plane: lateral, depth below the middle of the face
};

}  // namespace acuguide::simulation
