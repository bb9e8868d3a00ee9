#pragma once

#include "apps/command.h"

namespace CLI {
class App;
}

namespace acuguide::apps {

void addVolumeCommand(CLI::App& app, Run& run);

// Each adds its subcommand of `acuguide volume`.
void addVolumeClearance(CLI::App& volume, Run& run);
void addVolumeView(CLI::App& volume, Run& run);
void addVolumeRegistration(CLI::App& volume, Run& run);
void addVolumeSend(CLI::App& volume, Run& run);

/// Exit code when a person ended the work (Ctrl+C) and nothing was written, as a shell reports it.
inline constexpr int cancelledExit = 130;

}  // namespace acuguide::apps
