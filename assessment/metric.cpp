#include "assessment/metric.h"

namespace acuguide::assessment {

std::span<const MetricInfo, metricCount> metricInfos() {
  using enum Metric;
  static constexpr std::array<MetricInfo, metricCount> infos{{
      {Time, "time", "Time", "s", 1, Better::Lower, true},
      {TimeInside, "time_inside", "Time inside tissue", "s", 1, Better::Lower, true},
      {PathLength, "path_length", "Path length", "mm", 1, Better::Lower, true},
      {PathInside, "path_inside", "Path inside tissue", "mm", 1, Better::Lower, true},
      {Inefficiency, "inefficiency", "Inefficiency", "%", 0, Better::Lower, true},
      {InefficiencyIn, "inefficiency_in", "Inefficiency on the way in", "%", 0, Better::Lower, true},
      {SweptArea, "swept_area", "Swept area", "mm²", 0, Better::Lower, true},
      {TranslationalMotions, "translational_motions", "Translational motions", "", 0, Better::Lower, true},
      {RotationalMotions, "rotational_motions", "Rotational motions", "", 0, Better::Lower, true},
      {Punctures, "punctures", "Punctures", "", 0, Better::Lower, true},
      {TargetHit, "target_hit", "Target hit", "bool", 0, Better::Higher, true},
      {ClosestToTarget, "closest_to_target", "Closest to target", "mm", 1, Better::Lower, false},
      {AdvanceTipSeen, "advance_tip_seen", "Advance with tip seen", "%", 0, Better::Higher, false},
      {AngleError, "angle_error", "Angle error", "°", 0, Better::Lower, false},
      {DepthError, "depth_error", "Depth error", "mm", 1, Better::NearZero, false},
      {Overshoot, "overshoot", "Overshoot", "mm", 1, Better::Lower, false},
      {NearestDanger, "nearest_danger", "Nearest danger", "mm", 1, Better::Higher, false},
      {TimeOffCourse, "time_off_course", "Time off course", "s", 1, Better::Lower, false},
      {StrokesAtTarget, "strokes_at_target", "Strokes at target", "", 0, Better::Lower, false},
      {ProbePath, "probe_path", "Probe path", "mm", 1, Better::Lower, false},
      {ProbeRotation, "probe_rotation", "Probe rotation", "°", 0, Better::Lower, false},
  }};
  return infos;
}

const MetricInfo& infoOf(Metric metric) { return metricInfos()[static_cast<std::size_t>(metric)]; }

}  // namespace acuguide::assessment
