#include "apps/sources.h"

#include "navigation/marker_camera.h"
#include "recording/session_source.h"
#include "simulation/simulated_source.h"

namespace acuguide::apps {

acquisition::SourceCatalog allSources() {
  acquisition::SourceCatalog catalog;
  catalog.add(simulation::simulatorKind());
  catalog.add(recording::sessionKind());
  const acquisition::SourceCatalog standard = acquisition::standardSources();
  for (const auto& kind : standard.kinds()) catalog.add(kind);
  catalog.add(navigation::markerCameraKind(catalog));
  return catalog;
}

}  // namespace acuguide::apps
