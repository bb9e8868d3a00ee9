#pragma once

#include "imaging/frame_analysis.h"
#include "imaging/planes/plane_segmenter.h"

#include <opencv2/core.hpp>

#include <vector>

namespace acuguide::imaging {

/// Bone: a bright surface with nothing but shadow below it, straight or curved.
///
/// Each place has the likelihood "bright, and dark from there to the bottom" (the confidence of Foroughi,
/// Boctor et al., "Ultrasound bone segmentation using dynamic programming", IUS 2007); the surfaces are the
/// way across the picture with the greatest sum, which may begin and end anywhere. A surface must be darker
/// below than the tissue on either side of it is at the same depth: the bottom of a dark picture is no
/// shadow. Faint and oblique surfaces, and shadows that clutter fills, are seen by a network
/// (plane_segmenter.h), whose probability of a place counts where it is the greater.
///
/// Works on the transposed working picture (a row a column of the picture). Working pixels.
class PlaneBone {
 public:
  struct Point {
    int column = 0;  ///< every second one
    float ridge = 0, upper = 0, lower = 0;
  };

  /// transposed: CV_32F grey levels; lastDepth: the last insonified depth of each column; segmenter: of the
  /// same picture.
  void process(const cv::Mat& transposed, const std::vector<int>& lastDepth, const PlaneSegmenter& segmenter);

  static constexpr int columnStep = 2;

  const std::vector<Point>& surface() const { return surface_; }  ///< by rising column; empty: no bone
  double confidence() const { return confidence_; }

 private:
  bool measure(const cv::Mat& transposed, const std::vector<int>& lastDepth);
  void bestWay();
  void smooth(const cv::Mat& transposed);
  bool addSeen(const PlaneSegmenter& segmenter, const std::vector<int>& lastDepth);
  double confidenceOf(int begin, int end) const;
  double seenOf(int begin, int end) const;
  Point pointAt(int sample) const;

  cv::Mat smooth_, likelihood_, seen_, either_, from_;  // a row a sample; either_: the greater of those two
  std::vector<int> way_;                                // depth per sample, -1: no bone
  std::vector<int> noneFrom_;  // where "no bone" came from: -1 from itself, else the depth
  std::vector<float> sums_, prefix_, brightest_, before_, now_;
  std::vector<Point> surface_;
  double confidence_ = 0;
};

/// Takes out a bone whose surface lies for more than half along a needle, or what may be one: its echo is as
/// bright as bone and its shadow as dark. bounds: of the imaging region.
void dropBoneAlong(const std::vector<NeedleCandidate>& needles, const cv::Rect& bounds,
                   std::vector<TissuePlane>& planes);

}  // namespace acuguide::imaging
