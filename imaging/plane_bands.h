#pragma once

#include <opencv2/core.hpp>

#include <vector>

namespace acuguide::imaging {

/// How much each place looks like a bright band that runs across the picture, and how it runs there.
///
/// A bank of oriented band filters: the negated second derivative of a Gaussian along depth (the ridge
/// detector of Lindeberg, "Edge detection and ridge detection with automatic scale selection", IJCV 1998) at
/// several band thicknesses, averaged along straight segments of many slopes (as in TimTrack's and
/// UltraTrack's line search, by sheared running sums); the best of all stands.
///
/// Works on the TRANSPOSED picture: a row of the matrix is a column of the picture, so that a slope is a
/// shift within a row and the depth profile is contiguous. Lengths in working pixels.
class PlaneBands {
 public:
  struct Options {
    std::vector<double> sigmas = {1.6, 3.2};  ///< band scales: half thicknesses, working pixels
    double steepest = 0.36;                   ///< largest |dy/dx|
    int slopes = 13;                          ///< odd
    int length = 33;                          ///< of the averaging segment, columns, odd
  };

  PlaneBands() = default;
  explicit PlaneBands(Options options) : options_(std::move(options)) {}

  /// transposed: CV_32FC1, contrast-normalised.
  void process(const cv::Mat& transposed);

  const cv::Mat& response() const { return response_; }  ///< CV_32F, of the best slope and scale; at least 0
  const cv::Mat& slope() const { return slope_; }        ///< CV_32F, dy/dx of that
  const Options& options() const { return options_; }

 private:
  void averageAlong(const cv::Mat& ridge, double slope);

  Options options_;
  cv::Mat response_, slope_, ridge_, best_, sheared_, sum_;
};

}  // namespace acuguide::imaging
