#include "assessment/learning_curve.h"

#include "assessment/expert_band.h"

#include <cmath>
#include <numbers>
#include <random>
#include <tuple>
#include <utility>

namespace acuguide::assessment {
namespace {

constexpr int fewestTrials = 5;

struct Trial {
  double logNumber, value;
};

struct Line {
  double offset, slope;
  double at(double logNumber) const { return offset + slope * logNumber; }
};

/// None where all trials are the same one.
std::optional<Line> fit(std::span<const Trial> trials) {
  double x = 0, y = 0;
  for (const Trial& trial : trials) {
    x += trial.logNumber;
    y += trial.value;
  }
  const auto count = static_cast<double>(trials.size());
  x /= count;
  y /= count;
  double xx = 0, xy = 0;
  for (const Trial& trial : trials) {
    xx += (trial.logNumber - x) * (trial.logNumber - x);
    xy += (trial.logNumber - x) * (trial.value - y);
  }
  if (xx < 1e-12) return std::nullopt;
  return Line{y - xy / xx * x, xy / xx};
}

std::vector<Line> resampled(const std::vector<Trial>& trials, const LearningCurveOptions& options) {
  std::mt19937_64 random(options.seed);
  std::vector<Line> lines;
  std::vector<Trial> drawn(trials.size());
  for (int i = 0; i < options.resamples; ++i) {
    for (Trial& trial : drawn) trial = trials[random() % trials.size()];
    if (const auto line = fit(drawn)) lines.push_back(*line);
  }
  return lines;
}

}  // namespace

std::optional<LearningCurve> fitLearningCurve(std::span<const std::optional<double>> values,
                                              const LearningCurveOptions& options) {
  std::vector<Trial> trials;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (values[i]) trials.push_back({std::log(static_cast<double>(i + 1)), *values[i]});
  if (trials.size() < fewestTrials) return std::nullopt;
  const auto best = fit(trials);
  const std::vector<Line> lines = resampled(trials, options);
  if (!best || lines.empty()) return std::nullopt;

  const double tail = 50.0 * (1.0 - options.level);
  const auto interval = [&](const auto& of) {
    std::vector<double> drawn;
    for (const Line& line : lines) drawn.push_back(of(line));
    return std::pair(*percentile(drawn, tail), *percentile(drawn, 100.0 - tail));
  };
  LearningCurve curve;
  curve.trials = static_cast<int>(trials.size());
  curve.atFirstTrial = best->offset;
  curve.perDoubling = best->slope * std::numbers::ln2;
  std::tie(curve.perDoublingLow, curve.perDoublingHigh) =
      interval([](const Line& line) { return line.slope * std::numbers::ln2; });
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double logNumber = std::log(static_cast<double>(i + 1));
    LearningCurvePoint point{static_cast<double>(i + 1), best->at(logNumber), 0, 0};
    std::tie(point.low, point.high) = interval([&](const Line& line) { return line.at(logNumber); });
    curve.points.push_back(point);
  }
  return curve;
}

}  // namespace acuguide::assessment
