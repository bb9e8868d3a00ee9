#pragma once

#include "planning/trajectory.h"

#include <string>
#include <vector>

namespace acuguide::planning {

/// Throws Error when no trajectory could make sense (see proposeTrajectory).
void checkRequest(const TrajectoryRequest& request);

/// Sentences: why the best one is the best, what was refused and why, what to mind.
std::vector<std::string> explain(const TrajectoryRequest& request, const TrajectoryProposal& proposal,
                                 const std::vector<Trajectory>& tried);

}  // namespace acuguide::planning
