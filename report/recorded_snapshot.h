#pragma once

#include "navigation/guidance_snapshot.h"
#include "session/sql_connection.h"

#include <cstdint>
#include <memory>

namespace acuguide::report {

/// What was recorded of one frame, put together as it was seen then: needle, planes, target, guidance state
/// and the alarms' numbers are the recorded ones, nothing is analysed afresh. Corridor and danger zones are
/// not recorded; they are placed by the plan, and left out where the target had moved with its tissue by more
/// than 2 px, because where they were then is not known.
///
/// `frame`: the recorded picture, with its number in the session as index. `session`: its session.sqlite.
navigation::GuidanceSnapshot recordedSnapshot(session::SqlConnection& session,
                                              std::shared_ptr<const Frame> frame,
                                              std::shared_ptr<const planning::Plan> plan);

}  // namespace acuguide::report
