#include "calibration/scale/tick_comb.h"

#include "calibration/interval.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace acuguide::calibration {
namespace {

constexpr int thickest = 12;       // px; a stroke is thinner
constexpr int leastContrast = 40;  // grey levels above both sides
constexpr double leastPeriod = 6.0;
constexpr double worstSpread = 0.6;

/// Centres of the thin bright strokes that a column crosses.
std::vector<double> strokesIn(const cv::Mat& grey, int x) {
  std::vector<double> centres;
  double weight = 0.0, moment = 0.0;
  const auto value = [&](int y) { return int(grey.at<uchar>(std::clamp(y, 0, grey.rows - 1), x)); };
  int begin = 0;
  for (int y = 0; y <= grey.rows; ++y) {
    // Beyond the picture's edge there is nothing to compare with: a stroke there is as good as one inside.
    const int above = y - thickest < 0 ? 0 : value(y - thickest);
    const int below = y + thickest >= grey.rows ? 0 : value(y + thickest);
    const int contrast = y < grey.rows ? value(y) - std::max(above, below) : 0;
    if (contrast >= leastContrast) {
      if (weight == 0.0) begin = y;
      weight += contrast;
      moment += contrast * double(y);
    } else if (weight > 0.0) {
      if (y - begin < thickest) centres.push_back(moment / weight);
      weight = moment = 0.0;
    }
  }
  return centres;
}

/// The stroke nearest to y, when one is near enough.
std::optional<double> strokeAt(const std::vector<double>& strokes, double y, double tolerance) {
  const auto next = std::lower_bound(strokes.begin(), strokes.end(), y);
  std::optional<double> best;
  for (auto candidate : {next, next == strokes.begin() ? next : std::prev(next)}) {
    if (candidate == strokes.end() || std::abs(*candidate - y) > tolerance) continue;
    if (!best || std::abs(*candidate - y) < std::abs(*best - y)) best = *candidate;
  }
  return best;
}

/// Follows a comb from its first two strokes as far as it goes, the distance settling on the way.
TickComb follow(const std::vector<double>& strokes, double first, double second) {
  std::vector<double> ticks = {first, second};
  double period = second - first;
  while (true) {
    const double tolerance = std::max(1.0, 0.02 * period);
    const auto next = strokeAt(strokes, ticks.back() + period, tolerance);
    if (!next) break;
    ticks.push_back(*next);
    period = (ticks.back() - ticks.front()) / double(ticks.size() - 1);
  }
  // Least squares of position over number.
  const double count = double(ticks.size()), middle = (count - 1.0) / 2.0;
  double mean = 0.0, slope = 0.0, squares = 0.0;
  for (const double tick : ticks) mean += tick / count;
  for (std::size_t i = 0; i < ticks.size(); ++i) {
    slope += (double(i) - middle) * (ticks[i] - mean);
    squares += (double(i) - middle) * (double(i) - middle);
  }
  TickComb comb;
  comb.periodPx = slope / squares;
  comb.firstPx = mean - comb.periodPx * middle;
  comb.ticks = int(ticks.size());
  double stray = 0.0;
  for (std::size_t i = 0; i < ticks.size(); ++i)
    stray += std::pow(ticks[i] - comb.firstPx - comb.periodPx * double(i), 2);
  comb.spreadPx = std::sqrt(stray / count);
  return comb;
}

std::vector<TickComb> combsIn(const std::vector<double>& strokes, double leastLength) {
  std::vector<TickComb> combs;
  for (std::size_t a = 0; a < strokes.size(); ++a) {
    for (std::size_t b = a + 1; b < strokes.size(); ++b) {
      const double period = strokes[b] - strokes[a];
      if (period < leastPeriod) continue;
      if (strokeAt(strokes, strokes[a] - period, std::max(1.0, 0.02 * period))) continue;  // not its first
      const TickComb comb = follow(strokes, strokes[a], strokes[b]);
      if (comb.ticks >= 4 && comb.lastPx() - comb.firstPx >= leastLength && comb.spreadPx <= worstSpread)
        combs.push_back(comb);
    }
  }
  return combs;
}

bool same(const TickComb& a, const TickComb& b) {
  return std::abs(a.periodPx - b.periodPx) < std::max(0.3, 0.004 * a.periodPx) &&
         std::abs(a.firstPx - b.firstPx) < 1.5 && a.ticks == b.ticks;
}

/// Combs of neighbouring columns are one.
std::vector<TickComb> merged(const std::vector<TickComb>& columns) {
  std::vector<TickComb> combs;
  for (const TickComb& column : columns) {
    const auto known = std::find_if(combs.begin(), combs.end(), [&](const TickComb& comb) {
      return same(comb, column) && column.fromColumn <= comb.toColumn + 2;
    });
    if (known == combs.end()) {
      combs.push_back(column);
      continue;
    }
    const double weight = known->toColumn - known->fromColumn + 1.0;
    known->firstPx = (known->firstPx * weight + column.firstPx) / (weight + 1.0);
    known->periodPx = (known->periodPx * weight + column.periodPx) / (weight + 1.0);
    known->spreadPx = std::max(known->spreadPx, column.spreadPx);
    known->toColumn = column.toColumn;
  }
  std::erase_if(combs, [](const TickComb& comb) {
    const int length = comb.toColumn - comb.fromColumn + 1;
    return length < 3 || length > 40;
  });
  return combs;
}

}  // namespace

double TickComb::period95Px() const {
  constexpr double wholePixel = 0.2887;  // standard deviation of a place rounded to whole pixels
  const double n = ticks, freedom = n - 2;
  const double spread = std::max(wholePixel, spreadPx * std::sqrt(n / freedom));
  return interval95(freedom) * spread / std::sqrt(n * (n * n - 1) / 12);
}

std::vector<TickComb> findTickCombs(const cv::Mat& grey, const cv::Rect& region, double leastExtent) {
  std::vector<TickComb> columns;
  for (int x = 0; x < grey.cols; ++x) {
    if (x >= region.x && x < region.br().x) continue;
    for (TickComb comb : combsIn(strokesIn(grey, x), leastExtent * region.height)) {
      comb.fromColumn = comb.toColumn = x;
      columns.push_back(comb);
    }
  }
  auto combs = merged(columns);
  std::sort(combs.begin(), combs.end(), [](const auto& a, const auto& b) { return a.periodPx > b.periodPx; });
  return combs;
}

}  // namespace acuguide::calibration
