#pragma once

#include "acquisition/source_catalog.h"
#include "acquisition/video/capture_devices.h"

#include <functional>
#include <string>
#include <vector>

namespace acuguide::ui {

struct SimulatorScenario {
  std::string source;  ///< "sim:st36_in_plane"
  std::string title;   ///< one line for a person
};

/// What a person can choose a source from.
struct SourceChoices {
  acquisition::SourceCatalog catalog;
  std::vector<SimulatorScenario> scenarios;
  std::function<std::vector<acquisition::CaptureDevice>()> listDevices = acquisition::listCaptureDevices;
};

/// Empty when some kind of source claims the text; else the catalog's sentence on why it is none.
std::string whyNotASource(const acquisition::SourceCatalog& catalog, const std::string& source);

}  // namespace acuguide::ui
