#pragma once

#include "acquisition/source_catalog.h"

namespace acuguide::apps {

/// Every kind of source the program knows: the acquisition room's, the simulator, recorded sessions.
acquisition::SourceCatalog allSources();

}  // namespace acuguide::apps
