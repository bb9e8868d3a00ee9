#pragma once

#include "imaging/frame_analyzer.h"
#include "imaging/needle/needle_shaft.h"

#include <optional>

namespace acuguide::imaging {

/// What the plan says about the needle before it is seen. It shifts the odds of a line by at most a factor of
/// e either way and settles which end is the tip where the picture leaves that open; no line is found or lost
/// for it, and without it the same lines are found.
struct NeedleHint {
  EntrySide entry = EntrySide::Any;
  std::optional<double> angle;  ///< radians to the horizontal, either sign
};

/// Logarithm of the factor by which the hint makes a line with this tip more or less likely a needle; in [-1,
/// 1].
double hintLogOdds(const Shaft& shaft, bool tipAtEnd, const NeedleHint& hint);

/// > 0 when the hint says that the tip is at the shaft's end (the right one), < 0 when at its beginning, in
/// the unit of NeedleDetector's other evidence for it.
double hintTipAtEnd(const NeedleHint& hint);

}  // namespace acuguide::imaging
