#pragma once

#include "imaging/frame_analysis.h"
#include "imaging/planes/plane_segmenter.h"

#include <opencv2/core.hpp>

#include <array>
#include <string_view>
#include <utility>
#include <vector>

namespace acuguide::imaging {

/// What the verdict on a surface looks at, in this order. "log" of a ratio of mean grey levels.
inline constexpr std::array<std::string_view, 8> kBoneEvidenceNames = {
    "seen",       // the network's mean probability along it
    "length",     // log of the share of the image's width that it takes up, a half at most
    "far",        // log: all below to the sixth of the depth just above
    "brightest",  // log: the brightest stretch below to the surface
    "below",      // log: the eighth of the depth just below to the surface
    "beside",     // log: below to either side of it at the same depth
    "depth",      // share of the image's depth
    "round",      // by how much its ends lie deeper than its middle, as a share of its length
};
inline constexpr std::size_t kBoneEvidenceCount = kBoneEvidenceNames.size();
using BoneEvidence = std::array<double, kBoneEvidenceCount>;

/// The share of surfaces with this evidence that are bone: a logistic model whose weights
/// (plane_bone_weights.h) are written by training/train_bone.py.
double boneProbability(const BoneEvidence& evidence);

/// Bone: a bright surface with nothing but shadow below it, straight or curved.
///
/// Each place has the likelihood "bright, and dark from there to the bottom" (the confidence of Foroughi,
/// Boctor et al., "Ultrasound bone segmentation using dynamic programming", IUS 2007) or the probability that
/// a network gives it (plane_segmenter.h), whichever is the greater; what may be a surface is the way across
/// the image with the greatest sum, which may begin and end anywhere. Each piece of it is then judged by what
/// lies along, above, below and beside it: a vessel's upper wall, a fascia over a dark muscle and the bottom
/// of a dark image are bright over darkness too.
///
/// Works on the transposed working picture (a row a column of the picture). Working pixels.
class PlaneBone {
 public:
  struct Point {
    int column = 0;  ///< every second one
    float ridge = 0, upper = 0, lower = 0;
  };
  /// A piece of surface that may be bone; for training and for asking why.
  struct Candidate {
    int begin = 0, end = 0;  ///< its samples, each columnStep columns wide
    BoneEvidence evidence{};
    double confidence = 0;
  };

  /// transposed: CV_32F grey levels; lastDepth: the last insonified depth of each column; segmenter: of the
  /// same picture.
  void process(const cv::Mat& transposed, const std::vector<int>& lastDepth, const PlaneSegmenter& segmenter);

  static constexpr int columnStep = 2;

  const std::vector<Point>& surface() const { return surface_; }  ///< by rising column; empty: no bone
  double confidence() const { return confidence_; }               ///< of its surest piece
  const std::vector<Candidate>& candidates() const { return candidates_; }
  /// Working depth of a candidate's surface at one of its samples.
  int depthAt(int sample) const { return way_[static_cast<std::size_t>(sample)]; }

 private:
  bool measure(const cv::Mat& transposed, const std::vector<int>& lastDepth);
  void bestWay();
  void smooth(const cv::Mat& transposed);
  bool addSeen(const PlaneSegmenter& segmenter, const std::vector<int>& lastDepth);
  std::pair<int, int> withoutFaintEnds(int begin, int end);
  BoneEvidence evidenceOf(int begin, int end, const std::vector<int>& lastDepth) const;
  double besideOf(int begin, int end) const;
  Point pointAt(int sample) const;

  cv::Mat smooth_, likelihood_, seen_, either_, from_;  // a row a sample; either_: the greater of those two
  std::vector<int> way_;                                // depth per sample, -1: no bone
  std::vector<int> noneFrom_;  // where "no bone" came from: -1 from itself, else the depth
  std::vector<float> sums_, prefix_, brightest_, before_, now_;
  std::vector<Candidate> candidates_;
  std::vector<Point> surface_;
  double confidence_ = 0;
};

/// Takes out a bone whose surface lies for more than half along a needle, or what is at least half as likely
/// one: its echo is as bright as bone and its shadow as dark. bounds: of the imaging region.
void dropBoneAlong(const std::vector<NeedleCandidate>& needles, const cv::Rect& bounds,
                   std::vector<TissuePlane>& planes);

}  // namespace acuguide::imaging
