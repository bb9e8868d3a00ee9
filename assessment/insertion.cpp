#include "assessment/insertion.h"

#include "assessment/needle_motion.h"

#include <algorithm>
#include <cmath>

namespace acuguide::assessment {
namespace {

/// Frames in which the needle was seen without a break that counts.
struct Sighting {
  std::int64_t first = 0, last = 0;
  int frames = 0;
  double lastDepth = 0.0, greatestDepth = 0.0;  ///< NaN: not known
};

class PictureCutter {
 public:
  PictureCutter(const recording::SessionRecord& record, const std::vector<double>& depthMm,
                const InsertionOptions& options)
      : record_(record), depthMm_(depthMm), options_(options) {}

  std::vector<Insertion> cut() const {
    std::vector<Insertion> insertions;
    for (const Sighting& sighting : sightings()) {
      if (sighting.frames < options_.minimumSightings || seconds(sighting) < options_.minimumSeconds)
        continue;
      insertions.push_back({sighting.first, sighting.last, endOf(sighting)});
    }
    return insertions;
  }

 private:
  double time(std::int64_t frame) const { return record_.frames[static_cast<std::size_t>(frame)].time; }
  double depth(std::int64_t frame) const { return depthMm_[static_cast<std::size_t>(frame)]; }
  double seconds(const Sighting& sighting) const { return time(sighting.last) - time(sighting.first); }
  bool deep(double depthMm) const { return depthMm >= options_.deepMm; }  // false for NaN

  bool continues(const Sighting& before, std::int64_t frame) const {
    if (brokenBetween(record_, before.last, frame)) return false;
    const double gap = time(frame) - time(before.last);
    if (gap <= options_.bridgeSeconds) return true;
    return gap <= options_.bridgeDeepSeconds && deep(before.lastDepth) && deep(depth(frame));
  }

  std::vector<Sighting> sightings() const {
    std::vector<Sighting> all;
    for (std::int64_t i = 0; i < static_cast<std::int64_t>(record_.frames.size()); ++i) {
      if (record_.frames[static_cast<std::size_t>(i)].needle != tracking::NeedleState::Observed) continue;
      if (all.empty() || !continues(all.back(), i)) all.push_back({i, i, 0, depth(i), depth(i)});
      Sighting& sighting = all.back();
      sighting.last = i;
      ++sighting.frames;
      sighting.lastDepth = depth(i);
      sighting.greatestDepth = std::fmax(sighting.greatestDepth, depth(i));
    }
    return all;
  }

  InsertionEnd endOf(const Sighting& sighting) const {
    const double left = record_.frames.back().time - time(sighting.last);
    if (left <= options_.outsideSeconds) return InsertionEnd::RecordingEnd;
    const bool shallow = sighting.lastDepth < options_.deepMm ||
                         sighting.lastDepth < options_.withdrawnShare * sighting.greatestDepth;
    return shallow ? InsertionEnd::Withdrawn : InsertionEnd::Lost;
  }

  const recording::SessionRecord& record_;
  const std::vector<double>& depthMm_;
  const InsertionOptions& options_;
};

}  // namespace

std::string_view nameOf(InsertionEnd end) {
  switch (end) {
    case InsertionEnd::Withdrawn:
      return "withdrawn";
    case InsertionEnd::RecordingEnd:
      return "recording_end";
    case InsertionEnd::Lost:
      return "lost";
  }
  return "lost";
}

std::vector<Insertion> insertionsInPictures(const recording::SessionRecord& record,
                                            const std::vector<double>& depthMm,
                                            const InsertionOptions& options) {
  return PictureCutter(record, depthMm, options).cut();
}

std::vector<Insertion> insertionsOfPath(const NeedlePath& path, const InsertionOptions& options) {
  std::vector<Insertion> insertions;
  const NeedleSample* first = nullptr;
  const NeedleSample* last = nullptr;
  const auto close = [&](InsertionEnd end) {
    if (first != nullptr && last->time - first->time >= options.minimumSeconds)
      insertions.push_back({first->frame, last->frame, end});
    first = nullptr;
  };
  const NeedleSample* before = nullptr;
  for (const NeedleSample& sample : path) {
    if (sample.broken) {
      close(InsertionEnd::Lost);
      before = nullptr;
    }
    if (sample.tissue && sample.tissue->holds(sample.tip)) {
      if (first == nullptr) first = before != nullptr ? before : &sample;
      last = &sample;
    } else if (first != nullptr && sample.time - last->time > options.outsideSeconds) {
      close(InsertionEnd::Withdrawn);
    }
    before = &sample;
  }
  const bool inside = first != nullptr && last == &path.back();
  close(inside ? InsertionEnd::RecordingEnd : InsertionEnd::Withdrawn);
  return insertions;
}

}  // namespace acuguide::assessment
