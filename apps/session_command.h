#pragma once

#include "apps/command.h"

namespace acuguide::apps {

// Each adds one of `acuguide session …`.
void addSessionCheck(CLI::App& session, Run& run);
void addSessionInfo(CLI::App& session, Run& run);
void addSessionExport(CLI::App& session, Run& run);
void addSessionMetrics(CLI::App& session, Run& run);
void addSessionReport(CLI::App& session, Run& run);

}  // namespace acuguide::apps
