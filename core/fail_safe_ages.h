#pragma once

/// The ages, in seconds, after which what was once true is no longer shown as true: the design's fail-safe
/// rule in numbers, and the only place for them.
namespace acuguide::ages {

/// A picture older than this is stale: no needle, no guidance, an alarm (navigation::asOf).
inline constexpr double kPictureStale = 0.25;

/// After a live image was stale, images must have been fresh for this long before it is taken for the present
/// again: the alarm comes at once and does not flap (navigation::Navigator).
inline constexpr double kFreshAgain = 1.0;

/// A needle not observed for longer than this is drawn as predicted (dashed). The design allows 0.2 s; ours
/// is stricter: from the first frame that does not show it (NeedleState::Predicted), because a line drawn as
/// seen that was not seen is the worse mistake, and a short dash in it is no flicker that hides anything.
inline constexpr double kNeedleDashed = 0.0;

/// A needle not observed for longer than this is not drawn at all (tracking::NeedleTracker).
inline constexpr double kNeedleGone = 0.5;

/// A possible nerve or vessel not found again for longer than this is not shown any more, and an answer of
/// the network older than this says nothing of the present: "not sure" (tracking::PossibleZones,
/// navigation::asOf).
inline constexpr double kStructureGone = 1.0;

}  // namespace acuguide::ages
