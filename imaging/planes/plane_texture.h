#pragma once

#include "imaging/planes/plane_curves.h"

#include <opencv2/core.hpp>

#include <array>
#include <vector>

namespace acuguide::imaging {

/// How the tissue between any two candidate curves is striped: orientations from the structure tensor (Bigün
/// and Granlund, "Optimal orientation detection of linear symmetry", 1987), weighted by coherence and
/// histogrammed per layer, so that muscle (one oblique direction) can be told from fat and from another
/// muscle.
class PlaneTexture {
 public:
  static constexpr double steepestDeg = 48;  ///< steeper than this is artefact, not fibre
  static constexpr double binDeg = 2;
  static constexpr int bins = static_cast<int>(2 * steepestDeg / binDeg);
  using Histogram = std::array<float, bins>;

  /// levelled: CV_32F, transposed; curves by rising depth.
  void process(const cv::Mat& levelled, const std::vector<PlaneCurve>& curves);

  /// Of the layer between curve `upper` and the later curve `lower`.
  struct Stripes {
    double angleDeg = 0;  ///< positive when rising to the right (upright picture)
    double share = 0;     ///< of all orientation weight within 8 degrees of it
    double weight = 0;    ///< mean orientation weight per pixel, 0..1
  };
  /// The strongest direction at least 6 degrees away from that of the upper plane.
  Stripes between(int upper, int lower, double planeDeg) const;

  /// Share of the orientation weight right on curve i that runs along it, within 6 degrees.
  double parallel(int i) const { return parallel_[static_cast<size_t>(i)]; }

 private:
  void measureTensor(const cv::Mat& levelled);
  void gather(int sample, int columns, const std::vector<PlaneCurve>& curves);
  void measureParallel(const std::vector<PlaneCurve>& curves, int columns);

  cv::Mat gradients_[3];                     // xx, xy, yy of each place
  cv::Mat tensor_[3];                        // their means over a window, in every second column
  std::vector<float> smooth_, step_, sums_;  // a row of each, with its ends mirrored
  std::vector<float> difference_, mixed_, angle_, weight_;  // of a column
  std::vector<Histogram> layers_;                           // cumulated: of all above curve i
  std::vector<double> pixels_, parallel_;
};

}  // namespace acuguide::imaging
