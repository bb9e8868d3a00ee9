#include "report/session_plans.h"

#include "core/error.h"
#include "session/session_writer.h"
#include "session/sql_connection.h"

#include <QtCore/QVariant>

#include <algorithm>

namespace acuguide::report {

std::vector<PlanInForce> readPlans(const std::filesystem::path& session) {
  session::SqlConnection tables(session::databaseOf(session), session::SqlConnection::Access::ReadOnly);
  std::vector<PlanInForce> plans;
  QSqlQuery rows = tables.run("SELECT at_s,json FROM plan ORDER BY id");
  while (rows.next()) {
    try {
      plans.push_back(
          {rows.value(0).toDouble(), std::make_shared<const planning::Plan>(planning::parsePlan(
                                         rows.value(1).toString().toStdString(), tables.path()))});
    } catch (const Error&) {
      continue;
    }
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

}  // namespace acuguide::report
