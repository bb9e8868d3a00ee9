#pragma once

#include "calibration/temporal/principal_motion.h"
#include "calibration/temporal/time_lag.h"
#include "calibration/temporal/video_motion.h"

#include <optional>
#include <string>
#include <vector>

namespace acuguide::calibration {

struct TemporalOptions {
  TimeLagOptions lag;
  double acceptCorrelation = 0.9;
  double acceptSigmaSeconds = 0.01;
  double acceptSwingMm = 8.0;   ///< the tracked tool must have moved so far (PLUS asks for as much)
  double acceptSwingPx = 30.0;  ///< the line must have moved so far (PLUS asks for as much)
};

/// The time between a tracker's stamps and a picture's stamps for the same event.
struct TemporalSummary {
  /// To be added to a picture's time to find the tracker's pose for it: video(t) ~ tracker(t + lag), PLUS's
  /// sign. Negative when tracker stamps are earlier than image stamps of the same event.
  double trackerLagSeconds = 0.0;
  double sigmaSeconds = 0.0;
  double lag95Seconds = 0.0;  ///< half the interval that holds the lag with 95 %
  TimeLag lag;
  PrincipalMotion motion;
  /// Lag at the left and right edge of the picture, where the line could be followed: a scanner that draws
  /// its columns one after another shows each at its own time. trackerLagSeconds is that of the middle.
  std::optional<double> leftLagSeconds, rightLagSeconds;
  bool usable = false;
  std::vector<std::string> reasons;
};

/// Correlates the picture's motion with the tracked tool's along its principal axis (as PLUS: Lasso et al.,
/// IEEE TBME 2014). Throws Error, naming the recordings: no frames, no poses, or recordings that do not
/// overlap in time.
TemporalSummary calibrateTemporal(const VideoMotion& video, const std::vector<TimedPose>& poses,
                                  const std::string& videoName, const std::string& trackerName,
                                  const TemporalOptions& options = {});

}  // namespace acuguide::calibration
