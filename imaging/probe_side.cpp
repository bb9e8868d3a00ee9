#include "imaging/probe_side.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <vector>

namespace acuguide::imaging {
namespace {

/// How much like a probe face the outermost tenth of the rows is: the brightest row mean that is also lit
/// across.
double faceScore(const std::vector<double>& low, bool top) {
  const int n = static_cast<int>(low.size());
  double best = 0;
  for (int i = 0; i < n / 10; ++i) best = std::max(best, low[static_cast<size_t>(top ? i : n - 1 - i)]);
  return best;
}

}  // namespace

ProbeSide probeSideOf(const cv::Mat& grey, const cv::Rect& bounds) {
  if (bounds.width < 16 || bounds.height < 40) return ProbeSide::Unknown;
  cv::Mat small;
  cv::resize(grey(bounds), small, {64, std::min(bounds.height, 240)}, 0, 0, cv::INTER_AREA);
  // The darkest quarter of a row is bright only where a line runs the full width.
  std::vector<double> low(static_cast<size_t>(small.rows));
  std::vector<uchar> row(64);
  for (int y = 0; y < small.rows; ++y) {
    std::copy_n(small.ptr<uchar>(y), 64, row.begin());
    std::nth_element(row.begin(), row.begin() + 16, row.end());
    low[static_cast<size_t>(y)] = row[16];
  }
  const double top = faceScore(low, true), bottom = faceScore(low, false);
  if (top > 1.15 * bottom + 4) return ProbeSide::Top;
  if (bottom > 1.15 * top + 4) return ProbeSide::Bottom;
  return ProbeSide::Unknown;
}

}  // namespace acuguide::imaging
