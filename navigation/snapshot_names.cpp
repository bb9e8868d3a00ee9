#include "navigation/snapshot_names.h"

namespace acuguide::navigation {

std::string_view nameOf(AlarmKind kind) {
  switch (kind) {
    case AlarmKind::PictureStale:
      return "picture_stale";
    case AlarmKind::SourceLost:
      return "source_lost";
    case AlarmKind::SourceFailed:
      return "source_failed";
    case AlarmKind::NeedleLost:
      return "needle_lost";
    case AlarmKind::DangerClose:
      return "danger_close";
    case AlarmKind::TooDeep:
      return "too_deep";
    case AlarmKind::PastTarget:
      return "past_target";
    case AlarmKind::NotCalibrated:
      return "not_calibrated";
    case AlarmKind::RecordingFailed:
      return "recording_failed";
    case AlarmKind::StrokesDone:
      return "strokes_done";
    case AlarmKind::NeedlesApart:
      return "needles_apart";
    case AlarmKind::PossibleDanger:
      return "possible_danger";
    case AlarmKind::ImageUnchanged:
      return "image_unchanged";
    case AlarmKind::AnalysisFailed:
      return "analysis_failed";
    case AlarmKind::ServingFailed:
      return "serving_failed";
    case AlarmKind::WindowLate:
      return "window_late";
    case AlarmKind::SourceRemark:
      return "source_remark";
  }
  return "unknown";
}

std::string_view nameOf(PictureState state) {
  switch (state) {
    case PictureState::None:
      return "none";
    case PictureState::Live:
      return "live";
    case PictureState::Stale:
      return "stale";
    case PictureState::Frozen:
      return "frozen";
    case PictureState::Paused:
      return "paused";
    case PictureState::Ended:
      return "ended";
  }
  return "none";
}

std::string_view nameOf(StructuresState state) {
  switch (state) {
    case StructuresState::Off:
      return "off";
    case StructuresState::NotSure:
      return "not_sure";
    case StructuresState::On:
      return "on";
  }
  return "off";
}

std::string_view nameOf(StructuresDoubt doubt) {
  switch (doubt) {
    case StructuresDoubt::None:
      return "none";
    case StructuresDoubt::SwitchedOff:
      return "switched_off";
    case StructuresDoubt::Failed:
      return "failed";
    case StructuresDoubt::Waiting:
      return "waiting";
    case StructuresDoubt::Strange:
      return "strange";
    case StructuresDoubt::TooOld:
      return "too_old";
    case StructuresDoubt::TissueUnknown:
      return "tissue_unknown";
  }
  return "failed";
}

}  // namespace acuguide::navigation
