#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace acuguide::assessment {

/// What is measured of one insertion; docs/file_formats.md has every definition.
enum class Metric {
  Time,
  TimeInside,
  PathLength,
  PathInside,
  Inefficiency,
  InefficiencyIn,
  SweptArea,
  TranslationalMotions,
  RotationalMotions,
  Punctures,
  TargetHit,
  ClosestToTarget,
  AdvanceTipSeen,
  AngleError,
  DepthError,
  Overshoot,
  NearestDanger,
  TimeOffCourse,
  StrokesAtTarget,
  ProbePath,
  ProbeRotation
};
inline constexpr std::size_t metricCount = 21;

/// Which values are the better ones.
enum class Better { Lower, Higher, NearZero };

struct MetricInfo {
  Metric metric;
  std::string_view key;    ///< in JSON and CSV: "path_length"
  std::string_view title;  ///< for people: "Path length"
  std::string_view unit;   ///< "mm"; "" for counts, "bool" for yes (1) or no (0)
  int decimals;            ///< worth showing
  Better better;
  bool perkTutor;  ///< by Perk Tutor's definition
};

/// All of them, in the order of the enumeration, which is that for people.
std::span<const MetricInfo, metricCount> metricInfos();
const MetricInfo& infoOf(Metric metric);

/// One value a metric; none: not known.
class MetricValues {
 public:
  std::optional<double>& operator[](Metric metric) { return values_[static_cast<std::size_t>(metric)]; }
  const std::optional<double>& operator[](Metric metric) const {
    return values_[static_cast<std::size_t>(metric)];
  }

 private:
  std::array<std::optional<double>, metricCount> values_;
};

}  // namespace acuguide::assessment
