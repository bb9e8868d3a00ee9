#pragma once

#include "imaging/frame_analysis.h"
#include "imaging/plane_curves.h"
#include "imaging/plane_texture.h"

#include <vector>

namespace acuguide::imaging {

/// Which curve is which plane.
struct LabelledCurve {
  int curve = 0;  ///< index into the curves
  PlaneLabel label = PlaneLabel::Fascia;
  double confidence = 0;
};

/// Names the curves. The two aponeuroses are the pair of well-supported curves that best enclose one muscle:
/// tissue striped in a direction oblique to both, with no other plane between. curves: by rising depth,
/// working pixels.
std::vector<LabelledCurve> labelCurves(const std::vector<PlaneCurve>& curves, const PlaneTexture& texture,
                                       int columns, int depths);

}  // namespace acuguide::imaging
