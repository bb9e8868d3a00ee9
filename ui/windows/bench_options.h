#pragma once

#include "acquisition/source_catalog.h"
#include "calibration/spatial/spatial_run.h"

#include <filesystem>

namespace acuguide::ui {

struct BenchOptions {
  std::filesystem::path folder;         ///< whose calibrations are listed; empty: the last one
  calibration::SpatialRequest request;  ///< what the first run is made from; fields may be empty
  std::filesystem::path place;          ///< RESULT.json that an accepted result becomes; empty: in the folder
  bool runAtOnce = false;               ///< start with the request
  calibration::SweepReader readSweep;   ///< how recorded sweeps are read
  acquisition::SourceCatalog catalog;   ///< what can be recorded from
  std::filesystem::path settingsFile;   ///< empty: the user's own settings
  bool remember = true;                 ///< folder, inputs and layout come back at the next start
};

}  // namespace acuguide::ui
