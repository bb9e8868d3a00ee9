#include "apps/outcomes.h"

#include <CLI/CLI.hpp>

namespace acuguide::apps {

void addOutcomesCommand(CLI::App& app, Run& run) {
  auto* command = app.add_subcommand("outcomes", "Keeps scores of people over months, and compares groups");
  command->require_subcommand(1);
  addOutcomesAdd(*command, run);
  addOutcomesList(*command, run);
  addOutcomesCompare(*command, run);
}

}  // namespace acuguide::apps
