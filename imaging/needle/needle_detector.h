#pragma once

#include "imaging/area_shrink.h"
#include "imaging/frame_analysis.h"
#include "imaging/needle/needle_advance.h"
#include "imaging/needle/needle_classifier.h"
#include "imaging/needle/needle_features.h"
#include "imaging/needle/needle_hint.h"
#include "imaging/needle/needle_line_search.h"
#include "imaging/needle/needle_memory.h"
#include "imaging/needle/needle_segmenter.h"
#include "imaging/needle/needle_shaft.h"
#include "imaging/needle/needle_verdict.h"

#include <opencv2/core.hpp>

#include <string>
#include <vector>

namespace acuguide::imaging {

struct NeedleDetectorOptions {
  bool still = false;             ///< each picture by itself: no memory
  double leastConfidence = 0.05;  ///< candidates below are not listed
  NeedleHint hint;                ///< from the plan
  std::string network;            ///< file of other weights (NeedleNetwork), for studies
};

/// Finds what may be a needle in one picture. Lines come from two searches: straight bright ridges of a
/// reduced picture (NeedleLineSearch), and what a network sees (NeedleSegmenter), which also knows thick,
/// grainy, patchy and upright shafts. Each is fitted to the full picture (NeedleShaftFit), measured
/// (NeedleFeatureMeter, NeedleSegmenter) and judged by all that both say of it (needle_classifier.h); an echo
/// of a shaft is given up for the shaft. With memory (not `still`), what was judged a needle in the frames
/// before needs less evidence now. Use one per stream, from one thread.
class NeedleDetector {
 public:
  explicit NeedleDetector(NeedleDetectorOptions options = {});

  /// `grey` CV_8UC1, the whole picture; times in seconds. Candidates by falling confidence; valid until the
  /// next call.
  const std::vector<NeedleCandidate>& process(const cv::Mat& grey, const ImagingRegion& region,
                                              const std::vector<TissuePlane>& planes, double time);

  /// Whether process() would have the network look at a picture of this time, which costs more than all else.
  bool networkIsDue(double time) const { return segmenter_.isDue(time); }

  /// Forgets the past.
  void reset();

  /// All lines of the last picture that were judged, needles or not, strongest first; valid until the next
  /// call.
  const std::vector<MeasuredShaft>& judged() const { return judged_; }

 private:
  void prepare(const cv::Mat& grey, const cv::Rect& bounds);
  void fitShafts(const cv::Rect& bounds);
  void addSeen();
  bool fitSeen(const Eigen::Vector2d& a, const Eigen::Vector2d& b, Shaft& shaft);
  bool liesOnShaft(const Eigen::Vector2d& a, const Eigen::Vector2d& b) const;
  bool keepsShaft(const Shaft& shaft, const cv::Rect& bounds) const;
  bool tipAtEnd(const Shaft& shaft, const SegmentedLine& seen, const cv::Rect& bounds, ProbeSide probe) const;
  void judge(const ImagingRegion& region, const std::vector<TissuePlane>& planes, const cv::Rect& bounds);
  void recall(double time);
  NeedleCandidate candidate(const MeasuredShaft& judged) const;
  void endAsSeen(const MeasuredShaft& judged, NeedleCandidate& out) const;
  Eigen::Vector2d tipSeen(const MeasuredShaft& judged) const;
  double pixelsOfCell(const Shaft& shaft) const;

  NeedleDetectorOptions options_;
  NeedleLineSearch search_;
  NeedleSegmenter segmenter_;
  NeedleShaftFit fit_, wideFit_;
  NeedleFeatureMeter meter_;
  NeedleVerdict verdict_;
  NeedleMemory memory_;
  NeedleAdvance advance_;
  double unit_ = 1;
  AreaShrink shrink_;
  cv::Mat reduced_;
  std::vector<Shaft> shafts_;
  std::size_t shaftCount_ = 0;
  cv::Mat grey_;  // of the picture at hand
  std::vector<MeasuredShaft> judged_;
  std::vector<NeedleCandidate> needles_;
};

}  // namespace acuguide::imaging
