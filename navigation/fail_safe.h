#pragma once

#include "core/fail_safe_ages.h"
#include "navigation/guidance_snapshot.h"

namespace acuguide::navigation {

/// How the picture is being watched at the moment of asking.
struct Watch {
  double now = 0.0;     ///< monotonicSeconds()
  bool frozen = false;  ///< the user has frozen the picture
  bool paused = false;  ///< a recorded source stands still
  double staleAfterSeconds = ages::kPictureStale;
};

/// The fail-safe rule: what may still be shown of a snapshot, given how the stream is doing. A picture older
/// than `staleAfterSeconds` keeps its pixels, is marked Stale, and loses needle and guidance; a frozen one
/// keeps its needle (which belongs to that picture) and loses guidance, and so does a live source whose image
/// does not change (limits::kUnchangedSeconds). Possible nerves and vessels go when
/// what they were found in is too old, and `structures.state` says whether none shown means anything. Fills
/// `picture`, `stream`, `alarms` and that state.
GuidanceSnapshot asOf(GuidanceSnapshot snapshot, acquisition::StreamStatus stream, const Watch& watch);

}  // namespace acuguide::navigation
