#include "core/error.h"
#include "report/session_report.h"
#include "session/session_writer.h"
#include "session/sql_connection.h"

#include <QtCore/QVariant>
#include <nlohmann/json.hpp>

#include <array>

namespace acuguide::report {
namespace {

struct Question {
  const char* id;
  const char* text;
};

/// What has to be asked before a plan may be used, by the keys of the plan's checklist.
constexpr std::array<Question, 9> questions{{
    {"infection", "Local infection at the site"},
    {"clotting", "Clotting disorder or anticoagulant (INR above 1.5)"},
    {"heart_lung", "Severe heart or lung disease"},
    {"pregnancy", "Pregnancy (LI4, SP6, BL60 at no time in it)"},
    {"implant", "Implant at the site"},
    {"metal_allergy", "Metal allergy"},
    {"pressure_glucose", "Blood pressure or glucose out of control"},
    {"cooperation", "Patient unable to cooperate"},
    {"acute_phase", "Acute phase of a cardiac or cerebrovascular event"},
}};

ChecklistLine::Answer answerOf(const nlohmann::json& answers, const std::string& id) {
  const auto found = answers.find(id);
  if (found == answers.end() || !found->is_string()) return ChecklistLine::Answer::NotRecorded;
  if (*found == "no") return ChecklistLine::Answer::No;
  if (*found == "yes") return ChecklistLine::Answer::Yes;
  return ChecklistLine::Answer::NotRecorded;
}

/// The checklist of the last plan, where that has one; the questions in any case.
void readChecklist(SessionReport& report) {
  session::SqlConnection tables(session::databaseOf(report.record.folder),
                                session::SqlConnection::Access::ReadOnly);
  QSqlQuery plans = tables.run("SELECT json FROM plan ORDER BY id DESC LIMIT 1");
  nlohmann::json answers = nlohmann::json::object();
  if (plans.next()) {
    const auto plan = nlohmann::json::parse(plans.value(0).toString().toStdString(), nullptr, false);
    if (plan.is_object() && plan.contains("checklist") && plan["checklist"].is_object()) {
      report.checklistDate = plan["checklist"].value("date", "");
      answers = plan["checklist"].value("answers", answers);
    }
  }
  for (const Question& question : questions)
    report.checklist.push_back({question.text, answerOf(answers, question.id)});
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
  report.record = session::readSessionRecord(session);
  report.plans = readPlans(session);
  report.person = !person.empty() ? person : report.record.plan ? report.record.plan->patientCode : "";
  readChecklist(report);
  if (report.record.analysed)
    report.metrics = session::measureSession(report.record);
  else
    report.notMeasured = "The session was recorded without analysis.";
  if (report.notMeasured.empty() && report.metrics.insertions.empty())
    report.notMeasured = "No insertion was found in the recording.";
  if (database != nullptr) {
    report.database = databaseName;
    readDatabase(report, person, *database);
  }
  report.pictures = drawKeyFrames(report.record, report.plans, keyFrames(report.record, report.metrics));
  return report;
}

}  // namespace acuguide::report
