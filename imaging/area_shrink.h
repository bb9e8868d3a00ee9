#pragma once

#include <opencv2/core.hpp>

#include <vector>

namespace acuguide::imaging {

/// Makes a picture smaller by any factor, each new pixel the mean of the area that it covers, as
/// cv::INTER_AREA does (to rounding), without taking memory once the sizes are stable.
class AreaShrink {
 public:
  /// from: CV_8UC1, at least as large as `size` both ways.
  void process(const cv::Mat& from, cv::Size size, cv::Mat& to);

 private:
  /// Of one direction: the first old pixel of each new one and the share of that and those after it.
  struct Shares {
    int before = 0, after = 0, most = 0;  ///< sizes; the most old pixels of a new one, or a few more
    std::vector<int> first;
    std::vector<float> weights;  ///< all first ones, all second ones, and so on
    void set(int from, int to);
  };

  Shares across_, down_;
  std::vector<float> row_, shrunk_;
};

}  // namespace acuguide::imaging
