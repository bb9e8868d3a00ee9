#pragma once

#include "imaging/planes/plane_bands.h"

#include <opencv2/core.hpp>

#include <vector>

namespace acuguide::imaging {

/// A parabola across the whole picture: depth(u) = middle + tilt * u + sag * u^2, u from -1 at the first
/// column to 1 at the last. Working pixels.
struct PlaneCurve {
  float middle = 0, tilt = 0, sag = 0;
  int scale = 0;       ///< band scale that answered best
  float support = 0;   ///< mean band response along it, -1..1
  float stepDown = 0;  ///< how much brighter than the tissue just below, in mean brightnesses of the picture
  float above = 0;     ///< brightness of all that lies above it, likewise

  float at(float u) const { return middle + u * (tilt + u * sag); }
};

/// The parabolas along which the bands answer most: a Hough transform for curves (Ballard, "Generalizing the
/// Hough transform to detect arbitrary shapes", 1981). Planes run stiffly across the picture while muscle
/// fibres and speckle end or leave any one parabola soon, which is what tells them apart. In the transposed
/// picture the sum over columns for all depths at once is a sum of shifted rows.
class PlaneCurves {
 public:
  struct Options {
    double steepest = 0.25;  ///< |dy/dx| at the middle
    double mostSag = 0.08;   ///< sag, share of the picture's half width
    float apart = 3;         ///< least distance of two curves in the middle
    float weakest = 0.06F;   ///< support below which a curve is none
    int most = 20;
  };

  PlaneCurves() = default;
  explicit PlaneCurves(Options options) : options_(options) {}

  /// By rising depth in the middle. transposed: the picture itself, CV_32F, as the bands were made from.
  /// suggested: curves that others have seen (middle, tilt and sag), each added unless one lies there
  /// already.
  const std::vector<PlaneCurve>& process(const PlaneBands& bands, const cv::Mat& transposed,
                                         const std::vector<PlaneCurve>& suggested = {});

 private:
  void chooseColumns(const cv::Mat& transposed, int every);
  void measureSteps(const PlaneBands& bands, const cv::Mat& transposed);
  void sweep(const cv::Mat& response, int columns, int scale, double sigma);
  void keepBetter(const PlaneCurve& shape);
  void add(const PlaneBands& bands, PlaneCurve curve);

  Options options_;
  std::vector<PlaneCurve> best_;  // per depth in the middle
  std::vector<PlaneCurve> curves_;
  cv::Mat padded_;
  std::vector<float> brightness_, sorted_;
  std::vector<float> sum_, bestSum_;  // per depth in the middle: along a shape, and along the best so far
  std::vector<const float*> along_;   // where each sampled column's answers begin for a shape
  std::vector<int> sampled_;          // columns
  int every_ = 1;                     // columns from one answered by the bands to the next
};

}  // namespace acuguide::imaging
