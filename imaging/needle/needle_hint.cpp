#include "imaging/needle/needle_hint.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace acuguide::imaging {

namespace {

constexpr double kSideOdds = 0.4;   // log odds for the right side, and against the wrong one
constexpr double kAngleOdds = 0.6;  // and for the angle
constexpr double kAngleSigma = 12 * std::numbers::pi / 180;  // how far hands stray from the plan
constexpr double kTipEvidence = 2.5;                         // as much as a tail that leaves the picture

}  // namespace

double hintLogOdds(const Shaft& shaft, bool tipAtEnd, const NeedleHint& hint) {
  double odds = 0;
  // The shaft's direction points to the right: a tip at its end came from the left.
  if (hint.entry != EntrySide::Any)
    odds += (hint.entry == EntrySide::Left) == tipAtEnd ? kSideOdds : -kSideOdds;
  if (hint.angle && std::isfinite(*hint.angle)) {
    const double steepness = std::asin(std::min(1.0, std::abs(shaft.direction.y())));
    const double off = (steepness - std::abs(*hint.angle)) / kAngleSigma;
    odds += kAngleOdds * (2 * std::exp(-0.5 * off * off) - 1);
  }
  return odds;
}

double hintTipAtEnd(const NeedleHint& hint) {
  if (hint.entry == EntrySide::Any) return 0;
  return hint.entry == EntrySide::Left ? kTipEvidence : -kTipEvidence;
}

}  // namespace acuguide::imaging
