#pragma once

#include <opencv2/core.hpp>

#include <vector>

namespace acuguide::imaging {

/// How much each place looks like the middle of a bright band that runs across the picture: the negated
/// second derivative of a Gaussian along depth (the ridge measure of Lindeberg, "Edge detection and ridge
/// detection with automatic scale selection", IJCV 1998), one picture per band thickness, averaged over a few
/// neighbouring columns and limited, so that a long faint band counts for more than a short bright one.
/// Curves are followed over every so many columns only, and nothing is answered for those between.
///
/// Works on the TRANSPOSED picture: a row of the matrix is a column of the picture, so that the depth profile
/// is contiguous. Lengths in working pixels.
class PlaneBands {
 public:
  struct Options {
    std::vector<double> sigmas = {1.4, 2.8, 5.0};  ///< half thickness of the bands
    int lateral = 9;                               ///< columns averaged, odd
    int every = 8;                                 ///< columns from one answered to the next
    float limit = 1.0F;                            ///< of the answer, either way
  };

  PlaneBands() = default;
  explicit PlaneBands(Options options) : options_(std::move(options)) {}

  /// transposed: CV_32FC1, contrast-normalised (unit local deviation).
  void process(const cv::Mat& transposed);

  int scales() const { return static_cast<int>(options_.sigmas.size()); }
  int every() const { return options_.every; }
  double sigma(int scale) const { return options_.sigmas[static_cast<size_t>(scale)]; }
  /// CV_32F; row k is of the picture's column k * every().
  const cv::Mat& response(int scale) const { return responses_[static_cast<size_t>(scale)]; }

 private:
  void averageAround(const cv::Mat& transposed, int column);

  Options options_;
  std::vector<std::vector<float>> kernels_;  // the middle and one side
  std::vector<cv::Mat> responses_;
  std::vector<float> average_;  // of some columns, with its ends repeated on both sides
  int pad_ = 0;
};

}  // namespace acuguide::imaging
