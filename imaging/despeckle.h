#pragma once

#include <opencv2/core.hpp>

namespace acuguide::imaging {

/// Speckle reduction that keeps bands: a self-guided filter (He, Sun, Tang, "Guided Image Filtering", TPAMI
/// 2013), which is four box filters: flat speckle is averaged away, contrast above `contrast` grey levels
/// stays. Holds its buffers, so frames of one size allocate nothing after the first.
class Despeckle {
 public:
  struct Options {
    int radiusPx = 3;        ///< half width of the averaging window
    double contrast = 18.0;  ///< grey levels: variation below this is taken for speckle
  };

  Despeckle() = default;
  explicit Despeckle(Options options) : options_(options) {}

  /// in: CV_8UC1 or CV_32FC1; out: CV_32FC1 of the same size. Empty in gives empty out. in and out may be the
  /// same.
  void process(const cv::Mat& in, cv::Mat& out);

 private:
  Options options_;
  cv::Mat value_, square_, mean_, meanSquare_, gain_, offset_;
};

}  // namespace acuguide::imaging
