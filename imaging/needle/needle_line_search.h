#pragma once

#include <opencv2/core.hpp>

#include <array>
#include <cstdint>
#include <vector>

namespace acuguide::imaging {

/// A straight bright stretch of the search picture.
struct LineSegment {
  cv::Point2f begin;  ///< left (or, for steep ones, upper) end, px of the search picture
  cv::Point2f end;
  float score = 0;  ///< mean ridge response over the stretch times the root of its length
  float level = 0;  ///< mean ridge response, grey levels
};

/// Finds all straight bright ridges of 3 to 68 degrees in a small grey picture: two-sided ridge contrast of
/// each pixel, clipped so that no single bright spot counts for a line, summed along every digital line of 32
/// and 64 px by the fast discrete Radon recursion (Brady 1998; Donoho and Huo's beamlets), then local maxima.
/// The cost is a few additions per pixel and slope bin. Buffers are kept: no allocation once the size is
/// stable.
class NeedleLineSearch {
 public:
  /// `picture` is CV_8UC1, some 300 px across. The result, by falling score and without near duplicates, is
  /// valid until the next call.
  const std::vector<LineSegment>& find(const cv::Mat& picture, std::size_t most);

  /// Ridge response above which a pixel counts as full (grey levels), from the last picture.
  float ceiling() const { return ceiling_; }

 private:
  static constexpr int kLevels = 6;  ///< stretches of 2^6 = 64 px

  void ridges(const cv::Mat& picture, cv::Mat& response);
  void findShallow(const cv::Mat& picture, bool transposed);
  void sumLines(const cv::Mat& columns, bool transposed);
  void collect(const std::int16_t* sums, int level, cv::Size size, bool transposed);
  void keepBest(std::size_t most);

  cv::Mat transposedPicture_;
  std::array<cv::Mat, 2> responses_, columns_;  // upright and transposed
  std::array<std::vector<std::int16_t>, 2> sums_;
  std::vector<LineSegment> found_, best_;
  float ceiling_ = 0;
};

}  // namespace acuguide::imaging
