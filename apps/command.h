#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace acuguide::apps {

/// What the chosen subcommand does; returns the exit code of INTERFACES (0 done, 1 internal failure, 2 bad
/// input, 3 result not fit for use). Bad input is thrown as acuguide::Error.
using Run = std::function<int()>;

// Each adds its subcommand to `app`; choosing it sets `run`.
void addProcessCommand(CLI::App& app, Run& run);
void addGuideCommand(CLI::App& app, Run& run);
void addReplayCommand(CLI::App& app, Run& run);
void addRecordCommand(CLI::App& app, Run& run);
void addSimulateCommand(CLI::App& app, Run& run);
void addDevicesCommand(CLI::App& app, Run& run);
void addPlanCommand(CLI::App& app, Run& run);
void addAtlasCommand(CLI::App& app, Run& run);
void addCalibrateCommand(CLI::App& app, Run& run);
void addBenchCommand(CLI::App& app, Run& run);
void addMuscleCommand(CLI::App& app, Run& run);
void addDicomCommand(CLI::App& app, Run& run);
void addOutcomesCommand(CLI::App& app, Run& run);
void addSessionCommand(CLI::App& app, Run& run);

}  // namespace acuguide::apps
