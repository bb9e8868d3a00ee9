#include "imaging/region/probe_side.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace acuguide::imaging {
namespace {

constexpr int columns = 64, mostRows = 240, blocks = 4;

/// The brightest line of the outermost tenth that is lit across: of each row its darkest quarter counts,
/// which is bright only where a line runs the full width.
double faceOf(const cv::Mat& small, bool top) {
  int best = 0;
  std::array<uchar, columns> row{};
  for (int i = 0; i < small.rows / 10; ++i) {
    std::copy_n(small.ptr<uchar>(top ? i : small.rows - 1 - i), columns, row.begin());
    std::nth_element(row.begin(), row.begin() + columns / 4, row.end());
    best = std::max<int>(best, row[columns / 4]);
  }
  return best;
}

}  // namespace

/// How much of what changes with depth in the outermost fifth is the same across a quarter of the width.
double ProbeSideFinder::layering(bool top) {
  constexpr double speckle = 80;  // squared grey levels: less is nothing
  double single = 0, common = 0;
  const int rows = small_.rows / 5, half = (std::max(3, small_.rows / 20) | 1) / 2;
  const auto rowAt = [&](int y) {
    return small_.ptr<uchar>(cv::borderInterpolate(y, small_.rows, cv::BORDER_REFLECT_101));
  };
  for (int i = 0; i < rows; ++i) {
    const int y = top ? i : small_.rows - 1 - i;
    level_.assign(columns, 0.0F);
    for (int d = -half; d <= half; ++d) {
      const uchar* row = rowAt(y + d);
      for (int x = 0; x < columns; ++x) level_[static_cast<size_t>(x)] += row[x];
    }
    const uchar* here = small_.ptr<uchar>(y);
    for (int b = 0; b < blocks; ++b) {
      float sum = 0;
      for (int x = b * columns / blocks; x < (b + 1) * columns / blocks; ++x) {
        const float detail = here[x] - level_[static_cast<size_t>(x)] / static_cast<float>(2 * half + 1);
        sum += detail;
        single += detail * detail;
      }
      constexpr float across = static_cast<float>(columns) / blocks;
      common += sum * sum / across;
    }
  }
  const double cells = static_cast<double>(rows) * columns;
  return common / cells / (single / cells + speckle);
}

/// How much steeper brightness rises than it falls from top to bottom, -1 to 1: cubes, so that the echoes
/// count and not the speckle.
double ProbeSideFinder::steepness() const {
  constexpr int step = 3;
  const int outermost = small_.rows / 10;  // of face and border this knows nothing
  double difference = 0, sum = 1;
  for (int y = outermost; y + step < small_.rows - outermost; ++y) {
    const uchar* above = small_.ptr<uchar>(y);
    const uchar* below = small_.ptr<uchar>(y + step);
    int rises = 0, steps = 0;  // 64 cubes of a byte fit
    for (int x = 0; x < columns; ++x) {
      const int change = below[x] - above[x], cube = change * change * change;
      rises += cube;
      steps += std::abs(cube);
    }
    difference += rises;
    sum += steps;
  }
  return difference / sum;
}

ProbeSides ProbeSideFinder::process(const cv::Mat& grey, const cv::Rect& bounds) {
  if (bounds.width < columns || bounds.height < 40) return {};
  shrink_.process(grey(bounds), {columns, std::min(bounds.height, mostRows)}, small_);
  constexpr double dark = 8;
  const double face = std::log((faceOf(small_, true) + dark) / (faceOf(small_, false) + dark));
  const double layers = layering(true) - layering(false);
  const auto decide = [](double odds, double top, double bottom) {
    if (odds > top) return ProbeSide::Top;
    return odds < bottom ? ProbeSide::Bottom : ProbeSide::Unknown;
  };
  // Weights by logistic regression on pictures of 115 muscles and 204 nerves, each right way up and upside
  // down, with gamma, gain, blur, less depth and without their first lines. Upside down, of subjects not
  // seen, 2 in 319 stay unknown as they are (12 by face and layers alone) and none is told wrongly.
  // Probes are at the top nearly always: the bottom needs much more evidence, a hundred to one. The needle's
  // model is told either side only by the same evidence, so that it judges a picture as the same upside down.
  return {decide(4 * face + 12 * layers + 29 * steepness(), 0.5, -4.6),
          decide(3.5 * face + 11 * layers, 3.4, -3.4)};
}

ProbeSide probeSideOf(const cv::Mat& grey, const cv::Rect& bounds) {
  return ProbeSideFinder().process(grey, bounds).byFace;
}

}  // namespace acuguide::imaging
