#pragma once

#include "outcomes/muscle_measurement.h"

#include <string>
#include <vector>

namespace acuguide::outcomes {

/// One quantity of a muscle before and after.
struct MuscleChange {
  std::string quantity;  ///< "thickness", "pennation", "fascicle"
  std::string unit;      ///< " mm", "°"
  int decimals = 0;      ///< that mean anything
  double before = 0.0, after = 0.0;
  /// What it must have changed by to be called a change: the least that is not chance when the medial
  /// gastrocnemius is measured on another day (3.2 mm, 6.4 degrees, 12.1 mm: May, Locke and Kingsley, PLoS
  /// ONE 2021, 10.1371/journal.pone.0258014), or what the two measurements' own errors make of chance in 95
  /// %, whichever is more.
  double least = 0.0;

  double difference() const { return after - before; }
  bool real() const;
};

/// The quantities that both measured. Throws Error where one is not to be used, where they are said to be of
/// different muscles, or where they share no quantity; `where` names them.
std::vector<MuscleChange> compareMuscles(const MuscleMeasurement& before, const MuscleMeasurement& after,
                                         const std::string& where);

/// For a terminal: a line a quantity, and what it means.
std::string describe(const std::vector<MuscleChange>& changes);

}  // namespace acuguide::outcomes
