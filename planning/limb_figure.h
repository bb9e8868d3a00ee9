#pragma once

#include "planning/atlas.h"

#include <Eigen/Core>

#include <string>
#include <vector>

namespace acuguide::planning {

/// An acupoint on the drawing of a right limb (planning/atlas/figure.json): mm, x lateral, y anterior, z up,
/// its origin on the limb's axis. Found from the figure's landmarks as a patient's are, so that the drawing
/// and the atlas cannot disagree. To show where, never to measure by.
struct FigurePoint {
  std::string code;
  Limb limb = Limb::Upper;
  Eigen::Vector3d mm = Eigen::Vector3d::Zero();
};

/// Every point of the atlas.
const std::vector<FigurePoint>& figurePoints();

}  // namespace acuguide::planning
