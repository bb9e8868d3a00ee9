#pragma once

#include "navigation/guidance_snapshot.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace acuguide::ui {

/// What the timeline keeps of one analysed frame.
struct TimelineSample {
  std::int64_t frame = 0;
  double time = 0.0;  ///< seconds, the frame's
  tracking::NeedleState needle = tracking::NeedleState::None;
  std::optional<guidance::GuidanceState> state;  ///< none without guidance
  std::optional<ImageLength> tipDepth;
  std::optional<ImageLength> danger;  ///< distance to the nearest
};

/// None where the snapshot holds no frame.
std::optional<TimelineSample> sampleOf(const navigation::GuidanceSnapshot& snapshot);

/// The analysed frames of one recording, in any order of arrival; an analysis of the same frame replaces the
/// older one. About 100 bytes a frame.
class TimelineData {
 public:
  void clear();
  void add(const TimelineSample& sample);
  /// Null where that frame has not been analysed yet.
  const TimelineSample* at(std::int64_t frame) const;
  /// One beyond the last frame analysed.
  std::int64_t end() const { return static_cast<std::int64_t>(samples_.size()); }
  std::size_t analysed() const { return analysed_; }
  /// Largest tip depth and danger distance so far; none before the first. In mm when any is.
  const std::optional<ImageLength>& deepest() const { return deepest_; }
  const std::optional<ImageLength>& farthest() const { return farthest_; }

 private:
  std::vector<std::optional<TimelineSample>> samples_;
  std::size_t analysed_ = 0;
  std::optional<ImageLength> deepest_, farthest_;
};

/// Of several states in one column of pixels, the one to show: the most urgent.
std::optional<guidance::GuidanceState> mostUrgent(std::optional<guidance::GuidanceState> a,
                                                  std::optional<guidance::GuidanceState> b);

}  // namespace acuguide::ui
