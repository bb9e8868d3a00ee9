#pragma once

#include "imaging/frame_analysis.h"
#include "imaging/needle/needle_classifier.h"
#include "imaging/needle/needle_features.h"
#include "imaging/needle/needle_shaft.h"

#include <opencv2/core.hpp>

#include <span>
#include <vector>

namespace acuguide::imaging {

/// A shaft of the picture with what the model looks at; for training and for asking why.
struct MeasuredShaft {
  const Shaft* shaft = nullptr;
  bool tipAtEnd = false;
  bool onPlane = false;  ///< part of a known aponeurosis that is seen far beyond it
  NeedleFeatures features{};
  SegmentedLine seen;  ///< what the network sees along it, in cells
  NeedleEvidence evidence{};
  double confidence = 0;
};

/// How strong a line is: contrast times the root of the length.
double strengthOf(const Shaft& shaft);

/// How far b lies beside a (px, positive towards a's normal), when the sine between them is at most `sine`
/// and they run side by side; a large number otherwise.
double besides(const Shaft& a, const Shaft& b, double sine);

/// Whether a line is part of an aponeurosis that is seen far beyond it. `unit`: px per search px.
bool isOnPlane(const Shaft& shaft, const std::vector<TissuePlane>& planes, const cv::Rect& bounds,
               double unit);

/// What the lines of one picture say about each other, after the model has judged each by itself: a line that
/// is part of an aponeurosis loses odds; of a shaft and its echoes the first to arrive is kept; and as there
/// is one needle at most, several likely lines speak against each other.
class NeedleVerdict {
 public:
  void weigh(std::span<MeasuredShaft> lines, ProbeSide probe, double unit);

 private:
  void weighPlanes(std::span<MeasuredShaft> lines);
  void giveUpEchoes(std::span<MeasuredShaft> lines, ProbeSide probe, double unit);
  void weighRivals(std::span<MeasuredShaft> lines, double unit);

  std::vector<double> odds_;
};

}  // namespace acuguide::imaging
