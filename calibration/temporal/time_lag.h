#pragma once

#include <utility>
#include <vector>

namespace acuguide::calibration {

/// A quantity over time; times in seconds, increasing.
struct Signal {
  std::vector<double> seconds;
  std::vector<double> values;

  std::size_t size() const { return seconds.size(); }
  void add(double time, double value) {
    seconds.push_back(time);
    values.push_back(value);
  }
};

struct TimeLagOptions {
  double maximumSeconds = 0.5;  ///< lags up to this, either way, are tried
  double coarseSeconds = 0.005;
  double fineSeconds = 0.0005;
  /// The moving signal is not interpolated over gaps longer than so many of its median steps.
  double longestGapSteps = 6.0;
};

/// By how much one signal must be read later to look like another.
struct TimeLag {
  double seconds = 0.0;
  double sigmaSeconds = 0.0;  ///< standard deviation, by a bootstrap over stretches of the recording
  double correlation = 0.0;   ///< Pearson's, at that lag; negative when the signals run against each other
  double residual = 0.0;      ///< rms misfit, in units of the fixed signal
  double scale = 0.0;         ///< fixed signal's units per moving signal's unit, with its sign
  double offset = 0.0;        ///< fixed = offset + scale * moving
  int samples = 0;            ///< of the fixed signal that could be compared
  bool atEndOfRange = false;  ///< the best lag is the largest that was tried
  /// The next best lag that is a peak of its own, and its correlation: regular motion fits itself a period
  /// on.
  double rivalSeconds = 0.0, rivalCorrelation = 0.0;
  std::vector<std::pair<double, double>> curve;  ///< lag (s), correlation
};

/// The lag at which fixed(t) and moving(t + lag) correlate best, by magnitude: the sign of either is not
/// known. Samples stay where they were taken (the fixed signal's are not interpolated, the moving one's
/// linearly), and the same ones are compared at every lag. The peak is that of a parabola through the curve
/// 10 ms around its highest point, so the answer is finer than any step. The uncertainty is that of the lag
/// when whole stretches of the recording are drawn with repetition (block bootstrap: Künsch, Ann. Stat.
/// 1989), so that noise that lasts, and motion that happens only once, count as what they are.
///
/// Too few samples to compare (fewer than 20): samples says how many there were, the rest is zero.
TimeLag findTimeLag(const Signal& fixed, const Signal& moving, const TimeLagOptions& options = {});

}  // namespace acuguide::calibration
