#pragma once

#include "navigation/guidance_snapshot.h"

#include <string>
#include <vector>

namespace acuguide::recording {

/// Something that happened during a session, as in the table `event`.
struct SessionEvent {
  std::string kind;    ///< "needle", "guidance", "picture", "alarm_on", "alarm_off", "plan", …
  std::string detail;  ///< the new state, the alarm's name and detail, …
};

/// Where a plan's target is, for the event `target_set`: "depth 14 mm, lateral 0 mm", …
std::string describeTarget(const planning::Plan& plan);

/// Turns a stream of snapshots into the events between them: changes of the needle's, the guidance's and the
/// picture's state, and alarms that begin or end.
class EventWatch {
 public:
  std::vector<SessionEvent> process(const navigation::GuidanceSnapshot& snapshot);

 private:
  std::string needle_, guidance_, picture_;
  std::vector<std::string> alarms_;
};

/// Of a stream of snapshots taken between frames, what no analysed frame tells: that the picture has gone
/// stale, or its source away; and that it is back.
class SourceWatch {
 public:
  std::vector<SessionEvent> process(const navigation::GuidanceSnapshot& snapshot);

 private:
  EventWatch watch_;
  bool stale_ = false;
};

}  // namespace acuguide::recording
