#include "ui/widgets/timeline_data.h"

#include <algorithm>

namespace acuguide::ui {

namespace {

void widen(std::optional<ImageLength>& most, const std::optional<ImageLength>& value) {
  if (value && (!most || value->px > most->px)) most = value;
}

}  // namespace

std::optional<TimelineSample> sampleOf(const navigation::GuidanceSnapshot& snapshot) {
  if (!snapshot.frame) return std::nullopt;
  TimelineSample sample;
  sample.frame = snapshot.frame->index;
  sample.time = snapshot.frame->time;
  sample.needle = snapshot.needle.state;
  if (snapshot.guidance) {
    sample.state = snapshot.guidance->state;
    sample.tipDepth = snapshot.guidance->tipDepth;
    if (snapshot.guidance->nearestDanger) sample.danger = snapshot.guidance->nearestDanger->distance;
  }
  return sample;
}

void TimelineData::clear() { *this = TimelineData{}; }

void TimelineData::add(const TimelineSample& sample) {
  if (sample.frame < 0) return;
  const auto index = static_cast<std::size_t>(sample.frame);
  if (index >= samples_.size()) samples_.resize(index + 1);
  if (!samples_[index]) ++analysed_;
  samples_[index] = sample;
  widen(deepest_, sample.tipDepth);
  widen(farthest_, sample.danger);
}

const TimelineSample* TimelineData::at(std::int64_t frame) const {
  if (frame < 0 || frame >= end()) return nullptr;
  const auto& sample = samples_[static_cast<std::size_t>(frame)];
  return sample ? &*sample : nullptr;
}

std::optional<guidance::GuidanceState> mostUrgent(std::optional<guidance::GuidanceState> a,
                                                  std::optional<guidance::GuidanceState> b) {
  if (!a || !b) return a ? a : b;
  return std::max(*a, *b);  // declared in rising urgency
}

}  // namespace acuguide::ui
