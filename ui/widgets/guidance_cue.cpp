#include "ui/widgets/guidance_cue.h"

#include <algorithm>

namespace acuguide::ui {

double tickRate(const ImageLength& distance) {
  // Without a scale: 400 px stand for the far end; the rate still falls and rises with the distance.
  const double far = distance.mm ? *distance.mm / 40.0 : distance.px / 400.0;
  return 8.0 - 7.0 * std::clamp(far, 0.0, 1.0);
}

GuidanceCue cueFor(const navigation::GuidanceSnapshot& snapshot,
                   std::optional<navigation::AlarmPriority> alarm) {
  using Kind = GuidanceCue::Kind;
  using guidance::GuidanceState;
  using navigation::AlarmPriority;
  const auto& guidance = snapshot.guidance;
  if (navigation::shownState(snapshot) == GuidanceState::Stop) return {Kind::Stop, 0.0};
  if (alarm == AlarmPriority::High) return {Kind::AlarmHigh, 0.0};
  if (alarm == AlarmPriority::Medium) return {Kind::AlarmMedium, 0.0};
  if (guidance && guidance->tipToTarget) {
    const double rate = tickRate(*guidance->tipToTarget);
    switch (guidance->state) {
      case GuidanceState::Approach:
      case GuidanceState::OffCourse:
        return {Kind::Approach, rate};
      case GuidanceState::OnCourse:
        return {Kind::OnCourse, rate};
      case GuidanceState::AtTarget:
        return {Kind::AtTarget, 0.0};
      default:
        break;
    }
  }
  if (alarm == AlarmPriority::Low) return {Kind::AlarmLow, 0.0};
  return {};
}

}  // namespace acuguide::ui
