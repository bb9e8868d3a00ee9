#pragma once

#include "apps/command.h"

namespace acuguide::apps {

// A few subcommands each, a file of its own (outcomes_NAME.cpp); registered in outcomes_command.cpp.
void addOutcomesAdd(CLI::App& outcomes, Run& run);      ///< add, session, event, key
void addOutcomesList(CLI::App& outcomes, Run& run);     ///< list, export, scales
void addOutcomesCompare(CLI::App& outcomes, Run& run);  ///< compare

}  // namespace acuguide::apps
