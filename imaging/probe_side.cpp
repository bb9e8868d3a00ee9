#include "imaging/probe_side.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace acuguide::imaging {
namespace {

constexpr int columns = 64, mostRows = 240, blocks = 4;

/// The brightest line of the outermost tenth that is lit across: of each row its darkest quarter counts,
/// which is bright only where a line runs the full width.
double faceOf(const cv::Mat& small, bool top) {
  double best = 0;
  std::array<float, columns> row{};
  for (int i = 0; i < small.rows / 10; ++i) {
    std::copy_n(small.ptr<float>(top ? i : small.rows - 1 - i), columns, row.begin());
    std::nth_element(row.begin(), row.begin() + columns / 4, row.end());
    best = std::max<double>(best, row[columns / 4]);
  }
  return best;
}

/// How much of what changes with depth in the outermost fifth is the same across a quarter of the width.
double layeringOf(const cv::Mat& detail, bool top) {
  constexpr double speckle = 80;  // squared grey levels: less is nothing
  double single = 0, common = 0;
  const int rows = detail.rows / 5;
  for (int i = 0; i < rows; ++i) {
    const float* row = detail.ptr<float>(top ? i : detail.rows - 1 - i);
    for (int b = 0; b < blocks; ++b) {
      float sum = 0;
      for (int x = b * columns / blocks; x < (b + 1) * columns / blocks; ++x) {
        sum += row[x];
        single += row[x] * row[x];
      }
      constexpr float across = static_cast<float>(columns) / blocks;
      common += sum * sum / across;
    }
  }
  const double cells = static_cast<double>(rows) * columns;
  return common / cells / (single / cells + speckle);
}

}  // namespace

ProbeSide probeSideOf(const cv::Mat& grey, const cv::Rect& bounds) {
  if (bounds.width < 16 || bounds.height < 40) return ProbeSide::Unknown;
  cv::Mat shrunk, small, level;
  cv::resize(grey(bounds), shrunk, {columns, std::min(bounds.height, mostRows)}, 0, 0, cv::INTER_AREA);
  shrunk.convertTo(small, CV_32F);
  cv::blur(small, level, {1, std::max(3, small.rows / 20) | 1});
  const cv::Mat detail = small - level;
  // Weights by logistic regression on pictures of 115 muscles and 204 nerves, each right way up and upside
  // down, with gamma, blur and less depth.
  constexpr double dark = 8;
  const double odds = 3.5 * std::log((faceOf(small, true) + dark) / (faceOf(small, false) + dark)) +
                      11 * (layeringOf(detail, true) - layeringOf(detail, false));
  // Probes are at the top nearly always: the bottom needs much more evidence.
  if (odds > 0.5) return ProbeSide::Top;
  return odds < -3.4 ? ProbeSide::Bottom : ProbeSide::Unknown;
}

}  // namespace acuguide::imaging
