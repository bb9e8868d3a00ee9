#pragma once

#include "guidance/guidance.h"
#include "planning/plan.h"
#include "tracking/needle_track.h"

#include <Eigen/Core>
#include <opencv2/core.hpp>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace acuguide::recording {

/// The guidance recorded for one frame, as in the table `guidance`.
struct GuidanceRecord {
  guidance::GuidanceState state = guidance::GuidanceState::NoNeedle;
  std::optional<Eigen::Vector2d> targetPx;
  std::optional<double> targetDepthMm, tipToTargetMm, lateralErrorMm, angleErrorDegrees, tipDepthMm, dangerMm;
  std::int32_t danger = -1;  ///< index in SessionRecord::dangers; -1: none
};

/// What was recorded of one frame, without its picture.
struct FrameRecord {
  double time = 0.0;     ///< seconds on the source's own time line, increasing
  bool broken = false;   ///< the clock was set, or the source began again, between the frame before and this
  double arrival = 0.0;  ///< seconds on the recording computer's clock, as the events
  std::int64_t videoMs = 0;
  std::optional<Eigen::Vector2d> spacingMm;
  cv::Rect region;  ///< empty: none was found
  tracking::NeedleState needle = tracking::NeedleState::None;
  Eigen::Vector2d tipPx = Eigen::Vector2d::Zero(), tailPx = Eigen::Vector2d::Zero();
  std::optional<GuidanceRecord> guidance;
};

struct EventRecord {
  std::optional<std::int64_t> frame;
  double at = 0.0;  ///< seconds on the recording computer's clock
  std::string kind, detail;
};

/// A session's tables, all but poses and planes: some 300 bytes a frame.
struct SessionRecord {
  std::filesystem::path folder;
  std::map<std::string, std::string> meta;
  std::vector<FrameRecord> frames;  ///< index: the frame's number
  bool analysed = false;            ///< whether there are observations at all
  std::vector<std::string> dangers;
  std::vector<EventRecord> events;
  std::vector<std::string> calibrations;       ///< in force: "spatial calibration of FILE"
  std::shared_ptr<const planning::Plan> plan;  ///< the last in force; null: none, or none that can be read

  std::string metaOr(const std::string& key, const std::string& otherwise) const;
};

/// Throws Error: no session, a newer one, a damaged one.
SessionRecord readSessionRecord(const std::filesystem::path& folder);

}  // namespace acuguide::recording
