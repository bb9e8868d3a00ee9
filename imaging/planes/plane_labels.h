#pragma once

#include "imaging/frame_analysis.h"
#include "imaging/planes/plane_curves.h"
#include "imaging/planes/plane_pairs.h"
#include "imaging/planes/plane_texture.h"

#include <vector>

namespace acuguide::imaging {

/// Which curve is which plane.
struct LabelledCurve {
  int curve = 0;  ///< index into the curves
  PlaneLabel label = PlaneLabel::Fascia;
  double confidence = 0;
};

/// Names the curves.
///
/// The two aponeuroses are the pair of curves that best enclose one muscle (plane_pairs.h). A pair's score is
/// linear in its measures; the softmax over all pairs and "no such pair" is the probability of a choice, and
/// that is a plane's confidence (weights: training/planes_model_card.md). Skin is the first band at the
/// probe, bone a bright band with nothing but shadow below it, fascia any other curve that is clearly a plane
/// and not a fibre.
class PlaneLabeller {
 public:
  /// curves: by rising depth, working pixels. working: size of the working picture (upright). At most one of
  /// each label but Fascia.
  const std::vector<LabelledCurve>& process(const std::vector<PlaneCurve>& curves,
                                            const PlaneTexture& texture, cv::Size working);

  /// Forgets the frame before.
  void reset() { last_ = {}; }

 private:
  /// The aponeuroses of the frame before: a pair near them is preferred a little, so that near ties do not
  /// flicker.
  struct Last {
    cv::Size size;
    PlaneCurve superficial, deep;
  };
  const PlanePair* bestPair();
  double probabilityOf(int curve, bool superficial) const;
  int findSkin(const PlanePair* muscle) const;
  double tiltDeg(int i) const;
  double nearLast(const PlaneCurve& curve, const PlaneCurve& last) const;

  const std::vector<PlaneCurve>* curves_ = nullptr;
  const PlaneTexture* texture_ = nullptr;
  int columns_ = 0, depths_ = 0;
  Last last_;
  PlanePairs pairing_;
  const std::vector<PlanePair>* pairs_ = nullptr;
  std::vector<double> odds_;  // of each pair; those of no pair are 1
  std::vector<LabelledCurve> labels_;
};

}  // namespace acuguide::imaging
