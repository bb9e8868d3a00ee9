#include "report/session_report.h"

#include "apps/database_argument.h"
#include "apps/drawing_application.h"
#include "apps/output_options.h"
#include "apps/session_command.h"
#include "core/whole_file.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>
#include <string>

namespace acuguide::apps {
namespace {

struct Arguments {
  std::string session, out, person;
  DatabaseArgument database;
};

int writeReport(const Arguments& arguments) {
  if (!arguments.person.empty()) outcomes::checkedCode(arguments.person, "--person");
  const DrawingApplication application;
  auto database = arguments.database.openIfThere();
  const auto report =
      report::gatherReport(arguments.session, arguments.person, database ? &*database : nullptr,
                           database ? arguments.database.text() : "");
  writeWholeFile(arguments.out, report::reportPdf(report), "the report");
  std::cout << "Wrote " << arguments.out << "\n";
  return 0;
}

}  // namespace

void addSessionReport(CLI::App& session, Run& run) {
  auto* command = session.add_subcommand("report", "Writes a session's report for the file (PDF)");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("SESSION", arguments->session, "recorded session")->required();
  addOutput(*command, "--out", arguments->out, "PDF file to write")->required();
  command->add_option("--person", arguments->person, "code of the person (default: as database or plan say)");
  arguments->database.addTo(*command);
  command->callback([&run, arguments] { run = [arguments] { return writeReport(*arguments); }; });
}

}  // namespace acuguide::apps
