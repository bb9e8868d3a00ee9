#include "imaging/plane_labels.h"

#include "core/units.h"

#include <algorithm>
#include <cmath>

namespace acuguide::imaging {
namespace {

/// What speaks for a pair of curves being the two aponeuroses. Fitted by multinomial logistic regression on
/// the pairs of curves in the annotated pictures (docs/accuracy.md, "Tissue planes").
struct Weights {
  double superficialSupport = 3.15, deepSupport = 4.29;    // mean band response, at most 0.8
  double between = -3.15;                                  // that of the strongest plane between
  double stripeShare = 4.94;                               // share of the fibre direction between
  double thickness = 4.69;                                 // share of the picture's depth, at most 0.6
  double superficialOblique = 1.64, deepOblique = 2.07;    // angle to the fibres, in 15 degrees, at most 1
  double superficialStep = 1.32, deepStep = 0.92;          // brighter than just below
  double superficialParallel = 2.25, deepParallel = 1.96;  // texture on the curve runs along it
};
constexpr Weights weights;

struct Muscle {
  int superficial = -1, deep = -1;
  double score = 0;
};

double tiltDeg(const PlaneCurve& c, int columns) { return -degrees(std::atan(2.0 * c.tilt / (columns - 1))); }

Muscle bestMuscle(const std::vector<PlaneCurve>& curves, const PlaneTexture& texture, int columns,
                  int depths) {
  Muscle best;
  const int n = static_cast<int>(curves.size());
  const auto at = [&](int i) -> const PlaneCurve& { return curves[static_cast<size_t>(i)]; };
  for (int i = 0; i < n; ++i) {
    for (int j = i + 1; j < n; ++j) {
      const double thickness = (at(j).middle - at(i).middle) / depths;
      if (thickness < 0.12 || at(i).middle > 0.5 * depths || at(i).middle < 0.03 * depths) continue;
      const double a = tiltDeg(at(i), columns), b = tiltDeg(at(j), columns);
      const auto stripes = texture.between(i, j, a);
      // A candidate that runs with the fibres is a fibre.
      double between = 0;
      for (int k = i + 1; k < j; ++k) {
        if (std::abs(tiltDeg(at(k), columns) - stripes.angleDeg) < 5) continue;
        between = std::max<double>(between, at(k).support);
      }
      const auto oblique = [&](double planeDeg) {
        return std::min(std::abs(planeDeg - stripes.angleDeg), 15.0) / 15;
      };
      const double score =
          weights.superficialSupport * std::min(at(i).support, 0.8F) +
          weights.deepSupport * std::min(at(j).support, 0.8F) + weights.between * between +
          weights.stripeShare * stripes.share + weights.thickness * std::min(thickness, 0.6) +
          weights.superficialOblique * oblique(a) + weights.deepOblique * oblique(b) +
          weights.superficialStep * at(i).stepDown + weights.deepStep * at(j).stepDown +
          weights.superficialParallel * texture.parallel(i) + weights.deepParallel * texture.parallel(j);
      if (best.superficial < 0 || score > best.score) best = {i, j, score};
    }
  }
  return best;
}

}  // namespace

std::vector<LabelledCurve> labelCurves(const std::vector<PlaneCurve>& curves, const PlaneTexture& texture,
                                       int columns, int depths) {
  std::vector<LabelledCurve> labels;
  const Muscle muscle = bestMuscle(curves, texture, columns, depths);
  for (int i = 0; i < static_cast<int>(curves.size()); ++i) {
    LabelledCurve l;
    l.curve = i;
    if (i == muscle.superficial)
      l.label = PlaneLabel::SuperficialAponeurosis;
    else if (i == muscle.deep)
      l.label = PlaneLabel::DeepAponeurosis;
    else if (i == 0)
      l.label = PlaneLabel::Skin;
    l.confidence = std::clamp(static_cast<double>(curves[static_cast<size_t>(i)].support), 0.0, 1.0);
    labels.push_back(l);
  }
  return labels;
}

}  // namespace acuguide::imaging
