#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace acuguide::outcomes {

/// A group of people in three numbers.
struct GroupSummary {
  double mean = 0;
  double sd = 0;  ///< of the sample, with n - 1
  std::int64_t n = 0;
};

/// Of single values; `sd` is 0 for fewer than two.
GroupSummary summarise(std::span<const double> values);

/// First group against second, in the units of the values.
struct WelchResult {
  double difference = 0;  ///< first mean less second
  double low = 0, high = 0;
  double t = 0, df = 0;
  double p = 0;  ///< two-sided
  double hedgesG = 0, hedgesLow = 0, hedgesHigh = 0;
};

/// Why the two cannot be compared, for a person ("has only 1 value, and so no spread"); none when they can.
/// `first` and `second` name the groups.
std::optional<std::string> obstacle(const GroupSummary& first, const GroupSummary& second,
                                    const std::string& firstName, const std::string& secondName);

/// Difference of two means without assuming equal spread.
///
/// - t and degrees of freedom: Welch, Biometrika 34 (1947) 28; Satterthwaite, Biometrics Bulletin 2 (1946)
/// 110.
/// - effect size: Hedges' g, the difference over the pooled standard deviation with the exact small-sample
///   factor (Hedges, J Educ Stat 6 (1981) 107), positive when the first mean is larger; its interval from the
///   large-sample variance (Borenstein et al., Introduction to Meta-Analysis (2009), eq. 4.20 to 4.24).
///
/// Both groups have two values or more and not both are without spread (obstacle() finds none).
WelchResult welch(const GroupSummary& first, const GroupSummary& second, double confidence = 0.95);

/// Half the width of the interval of one group's mean (Student's t); 0 for fewer than two values.
double meanHalfWidth(const GroupSummary& group, double confidence = 0.95);

}  // namespace acuguide::outcomes
