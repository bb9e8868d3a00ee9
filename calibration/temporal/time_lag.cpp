#include "calibration/temporal/time_lag.h"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <optional>
#include <random>

namespace acuguide::calibration {
namespace {

constexpr int fewestSamples = 20;

double medianStep(const std::vector<double>& seconds) {
  std::vector<double> steps;
  for (std::size_t i = 1; i < seconds.size(); ++i) steps.push_back(seconds[i] - seconds[i - 1]);
  if (steps.empty()) return 0.0;
  const auto middle = steps.begin() + std::ptrdiff_t(steps.size() / 2);
  std::nth_element(steps.begin(), middle, steps.end());
  return *middle;
}

/// The moving signal between its samples.
class Interpolated {
 public:
  Interpolated(const Signal& signal, double longestGapSteps)
      : signal_(signal), longestGap_(longestGapSteps * medianStep(signal.seconds)) {}

  /// Index of the sample after `time` when it can be interpolated there.
  std::optional<std::size_t> after(double time) const {
    const auto& seconds = signal_.seconds;
    const auto next = std::upper_bound(seconds.begin(), seconds.end(), time);
    if (next == seconds.begin() || next == seconds.end()) return std::nullopt;
    const auto i = std::size_t(next - seconds.begin());
    if (seconds[i] - seconds[i - 1] > longestGap_) return std::nullopt;
    return i;
  }
  double value(double time, std::size_t i) const {
    const double share = (time - signal_.seconds[i - 1]) / (signal_.seconds[i] - signal_.seconds[i - 1]);
    return signal_.values[i - 1] + share * (signal_.values[i] - signal_.values[i - 1]);
  }

 private:
  const Signal& signal_;
  double longestGap_;
};

/// The samples of `fixed` that the moving signal covers at every lag of the range.
Signal comparable(const Signal& fixed, const Interpolated& moving, double range, double step) {
  Signal covered;
  for (std::size_t i = 0; i < fixed.size(); ++i) {
    bool all = true;
    for (double lag = -range; all && lag <= range + step; lag += step)
      all = moving.after(fixed.seconds[i] + std::min(lag, range)).has_value();
    if (all) covered.add(fixed.seconds[i], fixed.values[i]);
  }
  return covered;
}

Eigen::VectorXd movedValues(const Signal& fixed, const Interpolated& moving, double lag) {
  Eigen::VectorXd values(Eigen::Index(fixed.size()));
  for (std::size_t i = 0; i < fixed.size(); ++i) {
    const double time = fixed.seconds[i] + lag;
    const auto at = moving.after(time);
    values[Eigen::Index(i)] = at ? moving.value(time, *at) : 0.0;
  }
  return values;
}

double correlation(const Eigen::VectorXd& a, const Eigen::VectorXd& b) {
  const Eigen::VectorXd x = a.array() - a.mean(), y = b.array() - b.mean();
  const double size = x.norm() * y.norm();
  return size > 0.0 ? x.dot(y) / size : 0.0;
}

/// The top of the parabola fitted to |correlation| around its highest point.
double parabolaTop(const std::vector<std::pair<double, double>>& points, double centre) {
  Eigen::MatrixXd powers(Eigen::Index(points.size()), 3);
  Eigen::VectorXd heights(Eigen::Index(points.size()));
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double x = (points[i].first - centre) * 100.0;  // in hundredths: near one
    powers.row(Eigen::Index(i)) << 1.0, x, x * x;
    heights[Eigen::Index(i)] = std::abs(points[i].second);
  }
  const Eigen::Vector3d fit = powers.colPivHouseholderQr().solve(heights);
  if (fit[2] >= 0.0) return centre;
  return centre + std::clamp(-fit[1] / (2.0 * fit[2]), -1.0, 1.0) / 100.0;
}

void fitScale(TimeLag& lag, const Eigen::VectorXd& fixed, const Signal& samples, const Interpolated& moving) {
  const Eigen::VectorXd moved = movedValues(samples, moving, lag.seconds);
  const Eigen::VectorXd x = moved.array() - moved.mean(), y = fixed.array() - fixed.mean();
  lag.correlation = correlation(fixed, moved);
  lag.scale = x.squaredNorm() > 0.0 ? x.dot(y) / x.squaredNorm() : 0.0;
  lag.offset = fixed.mean() - lag.scale * moved.mean();
  const Eigen::VectorXd misfit = y - lag.scale * x;
  lag.residual = std::sqrt(misfit.squaredNorm() / double(misfit.size()));
}

/// Sums over a stretch of samples from which the correlation at one lag follows.
struct Sums {
  double n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;

  void add(double a, double b) { n += 1, x += a, y += b, xx += a * a, yy += b * b, xy += a * b; }
  Sums& operator+=(const Sums& o) {
    n += o.n, x += o.x, y += o.y, xx += o.xx, yy += o.yy, xy += o.xy;
    return *this;
  }
  double correlation() const {
    const double size = std::sqrt(std::max(0.0, n * xx - x * x) * std::max(0.0, n * yy - y * y));
    return size > 0.0 ? (n * xy - x * y) / size : 0.0;
  }
};

/// Where |correlation| is highest, between its samples by the parabola through the highest three.
double highestOf(const std::vector<double>& heights, double first, double step) {
  const auto at = std::size_t(std::max_element(heights.begin(), heights.end()) - heights.begin());
  double share = 0.0;
  if (at > 0 && at + 1 < heights.size()) {
    const double curve = heights[at - 1] - 2.0 * heights[at] + heights[at + 1];
    if (curve < 0.0) share = std::clamp(0.5 * (heights[at - 1] - heights[at + 1]) / curve, -0.5, 0.5);
  }
  return first + (double(at) + share) * step;
}

/// How far the best lag scatters when the recording is put together anew from its own stretches, drawn with
/// repetition: half the distance between the quantiles that hold 68 % of them. What moves only once, or fits
/// itself a period on, scatters widely.
double scatterOf(const Eigen::VectorXd& values, const std::vector<Eigen::VectorXd>& moved, double first,
                 double step) {
  constexpr Eigen::Index mostBlocks = 24;
  constexpr int rounds = 200;
  const Eigen::Index count = values.size(), blocks = std::min(mostBlocks, count / 5);
  const double middle = values.mean();  // sums of small numbers keep their digits
  std::vector<std::vector<Sums>> sums(moved.size(), std::vector<Sums>(std::size_t(blocks)));
  for (std::size_t k = 0; k < moved.size(); ++k) {
    const double movedMiddle = moved[k].mean();
    for (Eigen::Index i = 0; i < count; ++i)
      sums[k][std::size_t(i * blocks / count)].add(moved[k][i] - movedMiddle, values[i] - middle);
  }
  std::mt19937 random(1);
  std::vector<double> lags, heights(moved.size());
  std::vector<std::size_t> drawn(static_cast<std::size_t>(blocks));
  for (int round = 0; round < rounds; ++round) {
    // Drawn by hand: the standard's distributions differ between libraries.
    for (std::size_t& block : drawn) block = random() % std::size_t(blocks);
    for (std::size_t k = 0; k < moved.size(); ++k) {
      Sums sum;
      for (const std::size_t block : drawn) sum += sums[k][block];
      heights[k] = std::abs(sum.correlation());
    }
    lags.push_back(highestOf(heights, first, step));
  }
  std::sort(lags.begin(), lags.end());
  return 0.5 * (lags[std::size_t(0.84 * rounds)] - lags[std::size_t(0.16 * rounds)]);
}

/// The highest peak of |correlation| that is not the one at lag.seconds.
void findRival(TimeLag& lag) {
  for (std::size_t i = 0; i < lag.curve.size(); ++i) {
    const double here = std::abs(lag.curve[i].second);
    const bool overLeft = i == 0 || here >= std::abs(lag.curve[i - 1].second);
    const bool overRight = i + 1 == lag.curve.size() || here >= std::abs(lag.curve[i + 1].second);
    const bool itself = std::abs(lag.curve[i].first - lag.seconds) < 0.03;
    if (!overLeft || !overRight || itself || here <= std::abs(lag.rivalCorrelation)) continue;
    lag.rivalSeconds = lag.curve[i].first;
    lag.rivalCorrelation = lag.curve[i].second;
  }
}

}  // namespace

TimeLag findTimeLag(const Signal& fixed, const Signal& moving, const TimeLagOptions& options) {
  TimeLag lag;
  const Interpolated between(moving, options.longestGapSteps);
  const Signal samples = comparable(fixed, between, options.maximumSeconds, options.coarseSeconds);
  lag.samples = int(samples.size());
  if (lag.samples < fewestSamples) return lag;
  const Eigen::VectorXd values =
      Eigen::Map<const Eigen::VectorXd>(samples.values.data(), Eigen::Index(samples.size()));
  const auto at = [&](double seconds) { return correlation(values, movedValues(samples, between, seconds)); };

  std::vector<Eigen::VectorXd> moved;
  const int steps = int(std::lround(options.maximumSeconds / options.coarseSeconds));
  std::size_t highest = 0;
  for (int i = -steps; i <= steps; ++i) {
    moved.push_back(movedValues(samples, between, i * options.coarseSeconds));
    lag.curve.emplace_back(i * options.coarseSeconds, correlation(values, moved.back()));
    if (std::abs(lag.curve.back().second) > std::abs(lag.curve[highest].second))
      highest = lag.curve.size() - 1;
  }
  lag.atEndOfRange = highest == 0 || highest + 1 == lag.curve.size();

  const double around = lag.curve[highest].first;
  std::vector<std::pair<double, double>> fine;
  for (double seconds = around - 0.01; seconds <= around + 0.01; seconds += options.fineSeconds)
    if (std::abs(seconds) <= options.maximumSeconds) fine.emplace_back(seconds, at(seconds));
  lag.seconds = lag.atEndOfRange ? around : parabolaTop(fine, around);
  fitScale(lag, values, samples, between);
  lag.sigmaSeconds = scatterOf(values, moved, lag.curve.front().first, options.coarseSeconds);
  findRival(lag);
  return lag;
}

}  // namespace acuguide::calibration
