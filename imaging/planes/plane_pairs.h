#pragma once

#include "imaging/planes/plane_bands.h"
#include "imaging/planes/plane_curves.h"
#include "imaging/planes/plane_segmenter.h"
#include "imaging/planes/plane_texture.h"

#include <array>
#include <string_view>
#include <vector>

namespace acuguide::imaging {

/// Two curves that may be the aponeuroses above and below one muscle, and what speaks for it.
struct PlanePair {
  static constexpr int measures = 12;
  static const std::array<std::string_view, measures> names;  ///< of the measures; all about 0..1, no unit

  int superficial = -1, deep = -1;  ///< indices into the curves
  double fibreDeg = 0;              ///< strongest stripe direction between them, rising to the right
  std::array<double, measures> value{};
};

/// All pairs of curves far enough apart, with the superficial one in the upper half of the picture.
class PlanePairs {
 public:
  /// curves: by rising depth, working pixels; texture, bands: of the same curves; segmenter: of the same
  /// picture; columns, depths: size of the transposed picture.
  const std::vector<PlanePair>& process(const std::vector<PlaneCurve>& curves, const PlaneTexture& texture,
                                        const PlaneBands& bands, const PlaneSegmenter& segmenter, int columns,
                                        int depths);

 private:
  double seenAlong(const PlaneCurve& curve, double sigma, const PlaneSegmenter& segmenter,
                   PlaneNetwork::Channel plane) const;
  void measure(const std::vector<PlaneCurve>& curves, const PlaneTexture& texture, PlanePair& pair) const;
  double tiltDeg(const PlaneCurve& curve) const;

  int columns_ = 0, depths_ = 0;
  std::vector<double> superficialSeen_, deepSeen_;  // of each curve
  std::vector<PlanePair> pairs_;
};

}  // namespace acuguide::imaging
