#pragma once

#include "acquisition/source_catalog.h"
#include "assessment/insertion.h"
#include "assessment/metric.h"
#include "assessment/needle_path.h"
#include "recording/session_record.h"

#include <Eigen/Core>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace acuguide::assessment {

/// Where the needle's motion is known from.
enum class MotionSource {
  None,      ///< times only: there is neither a scale nor a pose
  Pictures,  ///< the tip found in the pictures, made quiet (quiet_path.h)
  Poses      ///< tracked needle poses, as they are
};
/// "none", "pictures", "poses".
std::string_view nameOf(MotionSource source);

struct InsertionMetrics {
  int number = 1;  ///< within the session, from 1
  Insertion insertion;
  double start = 0.0, end = 0.0;  ///< seconds since the session's first frame
  MotionSource motion = MotionSource::None;
  MetricValues values;
  std::map<Metric, std::string> unknown;  ///< why a value is not known
  std::string nearestDanger;              ///< name of that danger; empty: none known
};

struct SessionMetrics {
  std::filesystem::path session;
  std::string startedUtc;  ///< ISO 8601; empty: not known
  std::vector<InsertionMetrics> insertions;
  /// Of tracked needles: Perk Tutor's measures from the first to the last pose, as Perk Tutor takes them.
  std::optional<InsertionMetrics> wholeRecording;
};

struct MetricsOptions {
  /// Pose of the needle ("NeedleToReference"); empty: that of NeedleTip, else of NeedleShaft, else of Needle,
  /// to Reference, else to Tracker, where the session has it.
  std::string needlePose;
  /// Of the needle's frame, towards the tip; none: z where the frame found is NeedleTip or NeedleShaft (as
  /// calibrate pivot writes them), else x.
  std::optional<Eigen::Vector3d> needleAxis;
  std::optional<TissueSide> tissue;  ///< in the frame the poses lead to; none: below the picture's probe face
  InsertionOptions insertion;
};

/// The metrics of every insertion of a recorded session. Throws Error when it cannot be read, or has no such
/// pose.
SessionMetrics measureSession(const std::filesystem::path& folder, const MetricsOptions& options = {});
/// The same of a session that has been read already.
SessionMetrics measureSession(const recording::SessionRecord& record, const MetricsOptions& options = {});

/// The metrics of a recording of poses (acquisition/pose_recording.h): its insertions where
/// `options.tissue` is given, else the whole of it as one.
SessionMetrics measurePoses(const std::filesystem::path& recording, const MetricsOptions& options,
                            const acquisition::SourceOpener& open);

}  // namespace acuguide::assessment
