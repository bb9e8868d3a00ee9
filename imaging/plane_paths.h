#pragma once

#include <opencv2/core.hpp>

#include <vector>

namespace acuguide::imaging {

/// One way across the picture along a bright band, in working pixels.
struct PlanePath {
  std::vector<float> depth;     ///< a value a column
  std::vector<float> response;  ///< the band filter's answer there
  float strength = 0;           ///< mean response
  float meanDepth = 0;
};

/// The best ways across the picture, one after another: each is the path of greatest summed band response
/// with small changes of depth, by dynamic programming over the columns (as in Amini et al., "Using dynamic
/// programming for solving variational problems in vision", PAMI 1990); a path's own band is then taken out
/// and the next is sought.
class PlanePaths {
 public:
  struct Options {
    int most = 8;           ///< paths
    float weakest = 0.08F;  ///< mean response below which the search ends
    float bend = 0.5F;      ///< price of leaving the local slope, per squared pixel and step
    int apart = 4;          ///< least distance of two paths in depth, working pixels
  };

  PlanePaths() = default;
  explicit PlanePaths(Options options) : options_(options) {}

  /// response, slope: CV_32F, transposed (rows are columns of the picture), from PlaneBands. Sorted by mean
  /// depth.
  const std::vector<PlanePath>& process(const cv::Mat& response, const cv::Mat& slope);

 private:
  bool next(const cv::Mat& slope, PlanePath& path);

  Options options_;
  cv::Mat left_, cost_, from_;
  std::vector<PlanePath> paths_;
};

}  // namespace acuguide::imaging
