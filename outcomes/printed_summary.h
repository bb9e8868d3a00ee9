#pragma once

#include "outcomes/welch.h"

#include <cstdint>
#include <optional>
#include <string>

namespace acuguide::outcomes {

/// A group as papers print it: mean, standard deviation, number of people.
struct PrintedSummary {
  GroupSummary printed;
  /// The sum of all scores, where the printed mean allows only one: scores are whole numbers, so that the
  /// mean of n is a whole number of n-ths, and of 51 only 452/51 prints as 8.86. (Brown and Heathers, Soc
  /// Psychol Personal Sci 8 (2017) 363, use the same to find means that cannot be.)
  std::optional<std::int64_t> total;
  /// No sum of whole scores gives the printed mean.
  bool impossible = false;

  /// With the mean that the total gives, where there is one.
  GroupSummary exact() const;
};

/// Reads "MEAN,SD,N". Throws Error: text where a number belongs, an empty group, one of 1, a negative
/// deviation.
PrintedSummary readPrintedSummary(const std::string& text, const std::string& where);

}  // namespace acuguide::outcomes
