#pragma once

#include "imaging/muscle_architecture.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace acuguide::outcomes {

/// A value and its standard deviation, in the same unit.
struct Measured {
  double value = 0.0;
  double sd = 0.0;
};

/// What the pictures of one recording say of one muscle: medians over the pictures. The standard deviation
/// holds what the method errs by (docs/outcomes.md: measured against three observers) and the scatter between
/// the pictures; not what another placing of the probe would give.
struct MuscleMeasurement {
  std::string source;  ///< where the pictures came from
  std::string muscle;  ///< in words of the one who measures, "medial gastrocnemius, left"; may be empty
  std::string on;      ///< date, "2026-11-25"; may be empty
  int pictures = 0;    ///< looked at
  int measured = 0;    ///< of these, that show both aponeuroses
  std::optional<Measured> thicknessMm;
  std::optional<Measured> pennationDeg;
  std::optional<Measured> fascicleMm;
  double fascicleSeen = 0.0;         ///< share of the fascicle in the picture, median
  std::vector<std::string> reasons;  ///< why it is not to be used; empty when it is

  bool usable() const { return reasons.empty(); }
};

/// Collects pictures of one muscle at rest, and sums up.
class MuscleMeasure {
 public:
  /// One more picture; none where it shows no muscle between two aponeuroses.
  void add(const std::optional<imaging::MuscleArchitecture>& muscle);
  MuscleMeasurement result() const;

 private:
  int pictures_ = 0;
  bool withoutScale_ = false;
  std::vector<double> thicknessMm_, pennationDeg_, fascicleMm_, fascicleSeen_;
};

/// For a terminal: a line a quantity.
std::string describe(const MuscleMeasurement& measurement);

/// "acuguide.muscle/1" (docs/schemas/muscle.schema.json). Both throw Error.
void writeMuscle(const MuscleMeasurement& measurement, const std::filesystem::path& file);
MuscleMeasurement readMuscle(const std::filesystem::path& file);

}  // namespace acuguide::outcomes
