#pragma once

#include "core/stage_times.h"
#include "navigation/guidance_snapshot.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

namespace acuguide::recording {

/// What `acuguide process` did, counted: frames, needle states, planes of each label, what each stage took
/// (median, p95 and max in ms), the options and the version. Written as summary.json (docs/file_formats.md).
class ProcessSummary {
 public:
  /// `source` as the user gave it; `options` as key and value, for the record.
  ProcessSummary(std::string source, std::map<std::string, std::string> options);

  /// One analysed frame; `snapshot.frame` must be set.
  void add(const navigation::GuidanceSnapshot& snapshot);

  std::int64_t frames() const { return frames_; }
  std::string toJson() const;

  /// Throws Error when the file cannot be written.
  void write(const std::filesystem::path& path) const;

 private:
  enum Stage { Decode, Imaging, Tracking, Guidance, Total, stageCount };

  std::string source_;
  std::map<std::string, std::string> options_;
  std::int64_t frames_ = 0;
  std::int64_t framesWithScale_ = 0;
  std::int64_t framesWithFibres_ = 0;
  std::map<std::string, std::int64_t> needles_;
  std::map<std::string, std::int64_t> planes_;
  std::map<std::string, std::int64_t> guidance_;
  std::array<StageTimes, stageCount> times_;
};

}  // namespace acuguide::recording
