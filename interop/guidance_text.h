#pragma once

#include "navigation/guidance_snapshot.h"

#include <string>

namespace acuguide::interop {

/// A snapshot in words for other programs: the JSON of the network's STRING `Guidance` ("format":
/// "acuguide.guidance/1"; docs/interoperability.md lists the keys). Lengths in px, and in mm where the scale
/// is known; angles in degrees. Every key is always there; what is not known is null.
std::string guidanceText(const navigation::GuidanceSnapshot& snapshot);

}  // namespace acuguide::interop
