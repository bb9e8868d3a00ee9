#pragma once

#include "database/sql_connection.h"
#include "planning/plan.h"

#include <memory>
#include <vector>

namespace acuguide::recording {

/// A plan of a session, from a moment on (the recording computer's clock, as FrameRecord::arrival). Null
/// where this program refuses it: of a newer one, say.
struct PlanInForce {
  double from = 0;
  std::shared_ptr<const planning::Plan> plan;
};

/// In the order they came into force. Throws Error when the session cannot be read.
std::vector<PlanInForce> readPlans(database::SqlConnection& session);

/// The one in force at that moment; null before the first.
std::shared_ptr<const planning::Plan> planAt(const std::vector<PlanInForce>& plans, double moment);

/// One plan a point, side and instrument: the last of each, since every target that is set makes a new plan.
std::vector<std::shared_ptr<const planning::Plan>> pointsOf(const std::vector<PlanInForce>& plans);

}  // namespace acuguide::recording
