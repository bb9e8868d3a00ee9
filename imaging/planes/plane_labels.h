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
/// probe, fascia any other curve that is clearly a plane and not a fibre.
///
/// In a stream the two keep to their bands: another pair takes their place once it has been the better one
/// for 0.3 s.
class PlaneLabeller {
 public:
  /// curves: by rising depth, working pixels. working: size of the working picture (upright). At most one of
  /// each label but Fascia. time: seconds.
  const std::vector<LabelledCurve>& process(const std::vector<PlaneCurve>& curves,
                                            const PlaneTexture& texture, const PlaneBands& bands,
                                            const PlaneSegmenter& segmenter, cv::Size working, double time);

  /// The two aponeuroses' curves of the frame before, if they were named and the picture had this size.
  void suggest(cv::Size working, std::vector<PlaneCurve>& curves) const;

  /// Forgets the frames before.
  void reset() { last_ = rival_ = {}; }

 private:
  /// Two curves that were taken, or nearly taken, for the aponeuroses in the frame before.
  struct Last {
    cv::Size size;
    PlaneCurve superficial, deep;
  };
  const PlanePair* bestPair(double time);
  double nearness(const PlanePair& pair, const Last& last) const;
  bool isNear(const PlanePair& pair, const Last& last) const;
  Last curvesOf(const PlanePair& pair) const;
  double probabilityOf(int curve, bool superficial) const;
  int findSkin(const PlanePair* muscle) const;
  double tiltDeg(int i) const;
  double near(const PlaneCurve& curve, const PlaneCurve& last) const;

  const std::vector<PlaneCurve>* curves_ = nullptr;
  const PlaneTexture* texture_ = nullptr;
  int columns_ = 0, depths_ = 0;
  Last last_, rival_;
  double rivalSince_ = 0;
  bool held_ = false;  // the pair keeps its place though another is the better one
  PlanePairs pairing_;
  const std::vector<PlanePair>* pairs_ = nullptr;
  std::vector<double> odds_;  // of each pair; those of no pair are 1
  std::vector<LabelledCurve> labels_;
};

}  // namespace acuguide::imaging
