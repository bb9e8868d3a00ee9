#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace acuguide::assessment {

struct LearningCurveOptions {
  int resamples = 2000;
  double level = 0.95;
  std::uint64_t seed = 1;  ///< the same values give the same band
};

struct LearningCurvePoint {
  double trial = 1.0;
  double fitted = 0.0, low = 0.0, high = 0.0;  ///< the curve and its pointwise band
};

/// Practice makes better by the logarithm of the trial (Newell & Rosenbloom 1981: the first trials bring the
/// most): value = a + b ln(trial), least squares. The uncertainty is that of a bootstrap of the trials (Efron
/// & Tibshirani 1993, percentile intervals).
struct LearningCurve {
  int trials = 0;             ///< with a value
  double atFirstTrial = 0.0;  ///< a
  double perDoubling = 0.0;   ///< change each time the number of trials doubles, b ln 2
  double perDoublingLow = 0.0, perDoublingHigh = 0.0;
  std::vector<LearningCurvePoint> points;  ///< at every trial given, also those without a value
};

/// `values`: one a trial, in order; those not known are left out but count as trials. None with fewer than 5
/// values: no band can be given then.
std::optional<LearningCurve> fitLearningCurve(std::span<const std::optional<double>> values,
                                              const LearningCurveOptions& options = {});

}  // namespace acuguide::assessment
