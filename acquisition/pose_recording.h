#pragma once

#include "acquisition/source_catalog.h"

#include <Eigen/Core>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace acuguide::acquisition {

/// Which pose of a recording is meant.
struct PoseRequest {
  std::string name;  ///< "ProbeToReference"; may be composed of others. Empty: chosen by `tool`
  /// Without a name: this tool to Reference, or to its tracker where there is no Reference; where the
  /// recording does not know it, its only tool.
  std::string tool;
};

struct RecordedPose {
  double seconds = 0.0;  ///< the recording's own time; the row's number where it has none
  Eigen::Matrix4d matrix = Eigen::Matrix4d::Identity();  ///< mm
  std::int64_t epoch = 0;  ///< rises where the recording's clock was set (Frame::epoch)
};

/// The poses of one tool over a recording.
struct PoseRecording {
  std::string name;                 ///< "StylusToReference"; empty for plain matrices
  std::vector<RecordedPose> poses;  ///< those that were valid, in order
  int total = 0;                    ///< moments recorded
  int invalid = 0;                  ///< of these, poses that were INVALID
  int missing = 0;                  ///< of these, moments that do not mention the pose
  std::string remark;               ///< why `seconds` cannot be seconds; empty where they may be
};

/// Reads the poses of
/// - a MetaImage or NRRD sequence, with or without pictures;
/// - a table (.csv, .txt): 16 numbers a row, row by row of the 4x4 matrix; 17 where the first is the time in
///   seconds; one heading line may stand before (TextTable); rows with numbers that are not finite count as
///   invalid;
/// - a folder of text files in natural order, each a 4x4 matrix (or its first three rows);
/// - any other recording that `open` knows.
///
/// Throws Error: not there, not readable, rows of another length, no such pose (naming those there are),
/// several tools to choose from, or not one valid pose.
PoseRecording readPoseRecording(const std::filesystem::path& path, const PoseRequest& request,
                                const SourceOpener& open);

}  // namespace acuguide::acquisition
