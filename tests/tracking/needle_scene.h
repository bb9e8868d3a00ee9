#pragma once

#include "core/units.h"
#include "imaging/frame_analysis.h"

#include <Eigen/Core>

#include <cmath>

namespace acuguide::tracking {

/// A candidate with its tip there, its shaft running up to the left at `angleDeg` below the horizontal.
inline imaging::NeedleCandidate candidateAt(double x, double y, double confidence = 0.9,
                                            double angleDeg = 30.0, double length = 120.0) {
  imaging::NeedleCandidate c;
  const double a = radians(angleDeg);
  c.tipPx = {x, y};
  c.tailPx = c.tipPx - length * Eigen::Vector2d(std::cos(a), std::sin(a));
  c.confidence = confidence;
  c.tipSigmaPx = 4.0;
  c.lateralSigmaPx = 1.0;
  return c;
}

}  // namespace acuguide::tracking
