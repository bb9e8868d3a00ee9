#include "core/error.h"
#include "database/sql_connection.h"
#include "planning/checklist.h"
#include "recording/session_writer.h"
#include "report/session_report.h"

namespace acuguide::report {
namespace {

/// The questions of the atlas, with the answers of the last plan that has any.
void readChecklist(SessionReport& report) {
  planning::Checklist answered;
  for (const recording::PlanInForce& one : report.plans)
    if (one.plan && one.plan->checklist) answered = *one.plan->checklist;
  report.checklistDate = answered.date;
  for (const planning::Contraindication& asked : planning::contraindications()) {
    const auto answer = answered.answers.find(asked.id);
    report.checklist.push_back(
        {asked.question, answer == answered.answers.end() ? planning::Answer::Open : answer->second});
  }
}

void readDatabase(SessionReport& report, const std::string& person, outcomes::OutcomeDatabase& database) {
  const auto entry = outcomes::describeSession(report.record.folder);
  const auto known = database.session(entry.identity);
  if (known && !person.empty() && known->person != person)
    throw Error("--person", "the database has this session as " + known->person + "'s, not " + person + "'s",
                "check the code");
  if (known) {
    report.person = known->person;
    report.knownToDatabase = true;
    report.events = database.events(entry.identity);
  }
  if (!report.person.empty()) report.followUp = database.records(report.person);
}

}  // namespace

SessionReport gatherReport(const std::filesystem::path& session, const std::string& person,
                           outcomes::OutcomeDatabase* database, const std::string& databaseName) {
  SessionReport report;
  report.record = recording::readSessionRecord(session);
  database::SqlConnection tables(recording::databaseOf(session), database::SqlConnection::Access::ReadOnly);
  report.plans = recording::readPlans(tables);
  report.person = !person.empty() ? person : report.record.plan ? report.record.plan->patientCode : "";
  readChecklist(report);
  if (report.record.analysed)
    report.metrics = assessment::measureSession(report.record);
  else
    report.notMeasured = "The session was recorded without analysis.";
  if (report.notMeasured.empty() && report.metrics.insertions.empty())
    report.notMeasured = "No insertion was found in the recording.";
  if (database != nullptr) {
    report.database = databaseName;
    readDatabase(report, person, *database);
  }
  report.pictures = drawKeyFrames(report.record, keyFrames(report.record, report.metrics));
  return report;
}

}  // namespace acuguide::report
