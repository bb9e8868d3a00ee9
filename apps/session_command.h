#pragma once

#include "apps/command.h"

namespace acuguide::apps {

// Each adds one of `acuguide session …`.
void addSessionMetrics(CLI::App& session, Run& run);
void addSessionReport(CLI::App& session, Run& run);

}  // namespace acuguide::apps
