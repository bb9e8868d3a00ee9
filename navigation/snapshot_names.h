#pragma once

#include "navigation/guidance_snapshot.h"

#include <string_view>

namespace acuguide::navigation {

// The words that stand for these values in files, on the network and on the command line: in the table
// `event` of a session, in the network's `Guidance`, in --log-states.

std::string_view nameOf(AlarmKind kind);         ///< "picture_stale", "danger_close", ...
std::string_view nameOf(PictureState state);     ///< "none", "live", "stale", "frozen", "paused", "ended"
std::string_view nameOf(StructuresState state);  ///< "off", "not_sure", "on"
std::string_view nameOf(StructuresDoubt doubt);  ///< "none", "switched_off", "too_old", ...

}  // namespace acuguide::navigation
