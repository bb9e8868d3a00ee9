#pragma once

#include "core/frame.h"
#include "imaging/frame_analysis.h"
#include "planning/plan.h"
#include "tracking/possible_zones.h"

#include <Eigen/Geometry>

#include <optional>
#include <string>

namespace acuguide::guidance {

/// A possible nerve or vessel that a person has confirmed, as a danger zone of the plan: its hull (so that no
/// distance to it is overstated), in the plan's millimetres as they were before the tissue moved by
/// `planMotion` (Guidance::planMotion). `automatic` is false, for a person has said so. None without a scale
/// or a picture: such a zone has no place in a plan.
std::optional<planning::DangerZone> dangerFrom(const tracking::PossibleZone& zone, std::string name,
                                               const ImageGeometry& geometry,
                                               const imaging::ImagingRegion& region,
                                               const planning::Plan& plan, const Eigen::Affine2d& planMotion);

}  // namespace acuguide::guidance
