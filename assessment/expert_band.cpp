#include "assessment/expert_band.h"

#include <algorithm>
#include <cmath>

namespace acuguide::assessment {
namespace {

constexpr double bandPercent = 10.0;

std::vector<double> valuesOf(std::span<const SessionMetrics> sessions, Metric metric) {
  std::vector<double> values;
  for (const SessionMetrics& session : sessions)
    for (const InsertionMetrics& insertion : session.insertions)
      if (const auto& value = insertion.values[metric]) values.push_back(*value);
  return values;
}

std::vector<double> amounts(std::vector<double> values) {
  for (double& value : values) value = std::abs(value);
  return values;
}

}  // namespace

std::optional<double> percentile(std::vector<double> values, double percent) {
  if (values.empty()) return std::nullopt;
  std::sort(values.begin(), values.end());
  const double place = static_cast<double>(values.size() - 1) * std::clamp(percent, 0.0, 100.0) / 100.0;
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, values.size() - 1);
  return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
}

ExpertBands::ExpertBands(std::span<const SessionMetrics> experts, double percent)
    : percent_(std::clamp(percent, 50.0, 100.0)) {
  for (const MetricInfo& info : metricInfos()) {
    const std::vector<double> values = valuesOf(experts, info.metric);
    ExpertBand& band = bands_[static_cast<std::size_t>(info.metric)];
    band.insertions = static_cast<int>(values.size());
    band.low = percentile(values, bandPercent);
    band.median = percentile(values, 50.0);
    band.high = percentile(values, 100.0 - bandPercent);
    if (band.insertions < fewest) continue;
    band.passMark = info.better == Better::Higher     ? percentile(values, 100.0 - percent_)
                    : info.better == Better::NearZero ? percentile(amounts(values), percent_)
                                                      : percentile(values, percent_);
  }
}

std::optional<bool> ExpertBands::passes(Metric metric, const std::optional<double>& value) const {
  const std::optional<double>& mark = (*this)[metric].passMark;
  if (!value || !mark) return std::nullopt;
  switch (infoOf(metric).better) {
    case Better::Higher:
      return *value >= *mark;
    case Better::NearZero:
      return std::abs(*value) <= *mark;
    case Better::Lower:
      return *value <= *mark;
  }
  return std::nullopt;
}

}  // namespace acuguide::assessment
