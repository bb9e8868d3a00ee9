#pragma once

#include "imaging/planes/plane_curves.h"
#include "imaging/planes/plane_texture.h"

#include <array>
#include <string_view>
#include <vector>

namespace acuguide::imaging {

/// Two curves that may be the aponeuroses above and below one muscle, and what speaks for it.
struct PlanePair {
  static constexpr int measures = 10;
  static const std::array<std::string_view, measures> names;  ///< of the measures; all about 0..1, no unit

  int superficial = -1, deep = -1;  ///< indices into the curves
  double fibreDeg = 0;              ///< strongest stripe direction between them, rising to the right
  std::array<double, measures> value{};
};

/// All pairs of curves far enough apart, with the superficial one in the upper half of the picture.
class PlanePairs {
 public:
  /// curves: by rising depth, working pixels; texture: of the same curves; size: of the transposed picture.
  const std::vector<PlanePair>& process(const std::vector<PlaneCurve>& curves, const PlaneTexture& texture,
                                        int columns, int depths);

 private:
  void measure(const std::vector<PlaneCurve>& curves, const PlaneTexture& texture, PlanePair& pair) const;
  double tiltDeg(const PlaneCurve& curve) const;

  int columns_ = 0, depths_ = 0;
  std::vector<PlanePair> pairs_;
};

}  // namespace acuguide::imaging
