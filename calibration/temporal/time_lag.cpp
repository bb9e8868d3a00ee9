#include "calibration/temporal/time_lag.h"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <optional>

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
  double speed(std::size_t i) const {
    return (signal_.values[i] - signal_.values[i - 1]) / (signal_.seconds[i] - signal_.seconds[i - 1]);
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
  const double count = double(misfit.size());
  lag.residual = std::sqrt(misfit.squaredNorm() / count);

  double speed = 0.0;
  for (const double time : samples.seconds) {
    const auto at = moving.after(time + lag.seconds);
    if (at) speed += std::pow(moving.speed(*at), 2);
  }
  speed = std::abs(lag.scale) * std::sqrt(speed / count);
  const double alike = misfit.head(misfit.size() - 1).dot(misfit.tail(misfit.size() - 1)) /
                       std::max(misfit.squaredNorm(), 1e-30);
  const double independent =
      count * (1.0 - std::clamp(alike, 0.0, 0.95)) / (1.0 + std::clamp(alike, 0.0, 0.95));
  lag.sigmaSeconds = speed > 0.0 ? lag.residual / (speed * std::sqrt(independent)) : 0.0;
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

  const int steps = int(std::lround(options.maximumSeconds / options.coarseSeconds));
  std::size_t highest = 0;
  for (int i = -steps; i <= steps; ++i) {
    lag.curve.emplace_back(i * options.coarseSeconds, at(i * options.coarseSeconds));
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
  findRival(lag);
  return lag;
}

}  // namespace acuguide::calibration
