#pragma once

#include "navigation/guidance_snapshot.h"

#include <optional>

namespace acuguide::ui {

/// What is to be heard now.
struct GuidanceCue {
  enum class Kind {
    Silent,
    Approach,     ///< low ticks, the nearer the faster
    OnCourse,     ///< high ticks, the nearer the faster
    AtTarget,     ///< a steady double tick
    Stop,         ///< two tones in turn
    AlarmHigh,    ///< five pulses and a pause
    AlarmMedium,  ///< three pulses and a longer pause
    AlarmLow      ///< one pulse and a long pause
  };
  Kind kind = Kind::Silent;
  double ticksPerSecond = 0.0;  ///< of Approach and OnCourse
  bool operator==(const GuidanceCue&) const = default;
};

/// The cue for a snapshot and the alarm that is due to sound. A stop is heard before everything, then a high
/// or medium alarm, then the guidance; without guidance there is silence, never a tick that means nothing.
GuidanceCue cueFor(const navigation::GuidanceSnapshot& snapshot,
                   std::optional<navigation::AlarmPriority> alarm);

/// Ticks a second for a distance: 1 at 40 mm and beyond, rising to 8 at the target.
double tickRate(const ImageLength& distance);

}  // namespace acuguide::ui
