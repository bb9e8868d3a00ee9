#include "apps/session_command.h"

#include <CLI/CLI.hpp>

namespace acuguide::apps {

void addSessionCommand(CLI::App& app, Run& run) {
  auto* session = app.add_subcommand("session", "Recorded sessions: check, info, export, metrics, report");
  session->require_subcommand(1);
  addSessionCheck(*session, run);
  addSessionInfo(*session, run);
  addSessionExport(*session, run);
  addSessionMetrics(*session, run);
  addSessionReport(*session, run);
}

}  // namespace acuguide::apps
