#pragma once

#include "apps/command.h"

namespace acuguide::apps {

// One kind of calibration each, a file of its own (calibrate_KIND.cpp); registered in calibrate_command.cpp.
void addSpatialCalibration(CLI::App& calibrate, Run& run);
void addTemporalCalibration(CLI::App& calibrate, Run& run);
void addPivotCalibration(CLI::App& calibrate, Run& run);
void addLandmarksCalibration(CLI::App& calibrate, Run& run);
void addCameraCalibration(CLI::App& calibrate, Run& run);
void addScaleCalibration(CLI::App& calibrate, Run& run);
void addCheckCalibration(CLI::App& calibrate, Run& run);

}  // namespace acuguide::apps
