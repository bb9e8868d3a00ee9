#include "recording/session_plans.h"

#include "core/error.h"

#include <QtCore/QVariant>

#include <algorithm>

namespace acuguide::recording {

std::vector<PlanInForce> readPlans(database::SqlConnection& session) {
  std::vector<PlanInForce> plans;
  QSqlQuery rows = session.run("SELECT at_s,json FROM plan ORDER BY id");
  while (rows.next()) {
    PlanInForce entry{rows.value(0).toDouble(), nullptr};
    try {
      entry.plan = std::make_shared<const planning::Plan>(
          planning::parsePlan(rows.value(1).toString().toStdString(), session.path()));
    } catch (const Error&) {  // its frames are shown without it
    }
    plans.push_back(std::move(entry));
  }
  return plans;
}

std::shared_ptr<const planning::Plan> planAt(const std::vector<PlanInForce>& plans, double moment) {
  std::shared_ptr<const planning::Plan> found;
  for (const PlanInForce& one : plans)
    if (one.from <= moment) found = one.plan;
  return found;
}

std::vector<std::shared_ptr<const planning::Plan>> pointsOf(const std::vector<PlanInForce>& plans) {
  std::vector<std::shared_ptr<const planning::Plan>> points;
  for (const PlanInForce& one : plans) {
    if (!one.plan) continue;
    const auto same = std::ranges::find_if(points, [&](const auto& known) {
      return known->acupoint == one.plan->acupoint && known->side == one.plan->side &&
             known->instrument.name == one.plan->instrument.name;
    });
    if (same == points.end())
      points.push_back(one.plan);
    else
      *same = one.plan;
  }
  return points;
}

}  // namespace acuguide::recording
