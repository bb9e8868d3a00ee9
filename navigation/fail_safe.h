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
  double staleUntil = 0.0;  ///< a live image is stale before this moment, however young it is
};

/// Whether the image is young enough and its stream runs; of an image that stands still on purpose it says
/// nothing.
bool isFresh(const GuidanceSnapshot& snapshot, const acquisition::StreamStatus& stream, const Watch& watch);

/// The fail-safe rule: what may still be shown of a snapshot, given how the stream is doing. A picture older
/// than `staleAfterSeconds` keeps its pixels and imaging region, is marked Stale, and loses all that was
/// found in it; a frozen one, and the last one of a recording, keep what was found (it belongs to that
/// picture), and their guidance is withheld: drawn, not told. A live source whose image does not change
/// (limits::kUnchangedSeconds) keeps its needle and loses guidance. Possible nerves and vessels go when what
/// they were found in is too old, and `structures.state` says whether none shown means anything. Fills
/// `picture`, `stream`, `alarms` and that state.
GuidanceSnapshot asOf(GuidanceSnapshot snapshot, acquisition::StreamStatus stream, const Watch& watch);

}  // namespace acuguide::navigation
