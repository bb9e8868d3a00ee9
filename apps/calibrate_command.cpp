#include "apps/calibrate.h"

#include <CLI/CLI.hpp>

namespace acuguide::apps {

void addCalibrateCommand(CLI::App& app, Run& run) {
  auto* command =
      app.add_subcommand("calibrate", "Calibrates a probe, a tracker or a tool and reports on it");
  command->require_subcommand(1);
  addSpatialCalibration(*command, run);
  addTemporalCalibration(*command, run);
  addPivotCalibration(*command, run);
  addLandmarksCalibration(*command, run);
  addCameraCalibration(*command, run);
  addScaleCalibration(*command, run);
  addCheckCalibration(*command, run);
}

}  // namespace acuguide::apps
