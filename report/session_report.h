#pragma once

#include "assessment/metrics.h"
#include "outcomes/outcome_database.h"
#include "planning/checklist.h"
#include "recording/session_plans.h"
#include "recording/session_record.h"
#include "report/key_pictures.h"

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace acuguide::report {

/// A question asked before the session, and what was answered.
struct ChecklistLine {
  std::string question;
  planning::Answer answer = planning::Answer::Open;  ///< Open: not answered
};

/// All that a session's report says. What is not known stays empty, and the report says that it is not known.
struct SessionReport {
  recording::SessionRecord record;
  std::vector<recording::PlanInForce> plans;
  std::string person;  ///< code
  std::vector<ChecklistLine> checklist;
  std::string checklistDate;
  assessment::SessionMetrics metrics;
  std::string notMeasured;  ///< why there are no metrics; empty: there are
  std::vector<KeyPicture> pictures;
  std::string database;  ///< where the following is from; empty: no database was asked
  bool knownToDatabase = false;
  std::vector<outcomes::AdverseEvent> events;
  outcomes::Records followUp;  ///< of this person
};

/// Reads it all together. `database`: null without one. `person`: empty means as the database or the plan has
/// it. Throws Error: no session, another person's in the database.
SessionReport gatherReport(const std::filesystem::path& session, const std::string& person,
                           outcomes::OutcomeDatabase* database, const std::string& databaseName);

/// The report as PDF, A4. Needs a QGuiApplication.
std::string reportPdf(const SessionReport& report);

}  // namespace acuguide::report
