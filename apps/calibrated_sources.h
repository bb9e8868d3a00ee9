#pragma once

#include "acquisition/source_catalog.h"
#include "core/transform.h"

#include <string>

namespace acuguide::apps {

/// The same kinds of source, whose frames bear a calibration (RESULT.json): pixel spacing and ImageToProbe.
/// Frames it was not made for lose their millimetres; the source's description and stderr say why. Throws
/// Error for a file that is no such calibration.
acquisition::SourceCatalog withCalibration(const acquisition::SourceCatalog& catalog,
                                           const std::string& file);

/// The same kinds of source, each frame with this pose besides its own: a calibrated tool's tip.
acquisition::SourceCatalog withPose(const acquisition::SourceCatalog& catalog, const NamedPose& pose);

}  // namespace acuguide::apps
