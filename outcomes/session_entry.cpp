#include "core/error.h"
#include "outcomes/outcome_database.h"
#include "planning/plan.h"
#include "recording/session_schema.h"
#include "recording/session_writer.h"

#include <QtCore/QVariant>

#include <filesystem>
#include <map>

namespace acuguide::outcomes {

SessionEntry describeSession(const std::filesystem::path& folder) {
  const std::filesystem::path file = recording::databaseOf(folder);
  if (!std::filesystem::exists(file))
    throw Error(folder.string(), "is no recorded session", "give a folder that 'acuguide record' has made");
  database::SqlConnection connection(file, database::SqlConnection::Access::ReadOnly);
  recording::readableSessionSchema(connection);
  std::map<std::string, std::string> meta;
  QSqlQuery rows = connection.run("SELECT key,value FROM meta");
  while (rows.next()) meta[rows.value(0).toString().toStdString()] = rows.value(1).toString().toStdString();
  SessionEntry entry;
  entry.identity = meta["started_utc"] + " " + meta["started_s"];
  entry.folder = std::filesystem::absolute(folder).lexically_normal().string();
  entry.startedUtc = meta["started_utc"];
  QSqlQuery plans = connection.run("SELECT json FROM plan ORDER BY id DESC LIMIT 1");
  if (!plans.next()) return entry;
  const planning::Plan plan = planning::parsePlan(plans.value(0).toString().toStdString(), file.string());
  entry.person = plan.patientCode;
  entry.side = planning::nameOf(plan.side);
  entry.acupoint = plan.acupoint;
  return entry;
}

}  // namespace acuguide::outcomes
