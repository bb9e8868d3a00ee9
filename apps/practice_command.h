#pragma once

#include "apps/command.h"

namespace acuguide::apps {

void addPracticeCommand(CLI::App& app, Run& run);

}  // namespace acuguide::apps
