#pragma once

#include "assessment/metrics.h"

#include <array>
#include <optional>
#include <span>
#include <vector>

namespace acuguide::assessment {

/// What experts did in one metric, and what it takes to pass.
struct ExpertBand {
  int insertions = 0;                       ///< of experts, in which it is known
  std::optional<double> low, median, high;  ///< 10th, 50th and 90th percentile
  /// The percentile asked for; a value passes that is as good or better (for Better::NearZero: whose amount
  /// is). None with fewer than ExpertBands::fewest insertions.
  std::optional<double> passMark;
};

/// Pass marks are what the chosen experts reach, never absolute numbers. Percentiles as in Hyndman & Fan (Am.
/// Stat. 1996), type 7.
class ExpertBands {
 public:
  static constexpr int fewest = 3;  ///< insertions below which there is no pass mark

  /// `percent`: of the experts' insertions that are as good as the pass mark or better; 50 to 100.
  ExpertBands(std::span<const SessionMetrics> experts, double percent = 75.0);

  double percent() const { return percent_; }
  const ExpertBand& operator[](Metric metric) const { return bands_[static_cast<std::size_t>(metric)]; }
  /// None where the value or the pass mark is not known.
  std::optional<bool> passes(Metric metric, const std::optional<double>& value) const;

 private:
  double percent_;
  std::array<ExpertBand, metricCount> bands_;
};

/// Type 7 percentile, `percent` from 0 to 100; none of nothing.
std::optional<double> percentile(std::vector<double> values, double percent);

}  // namespace acuguide::assessment
