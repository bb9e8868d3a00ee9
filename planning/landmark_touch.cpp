#include "planning/landmark_touch.h"

#include "core/error.h"

#include <cmath>

namespace acuguide::planning {

void LandmarkTouch::see(double time, const std::optional<Eigen::Vector3d>& tipMm) {
  const bool gap = !sights_.empty() && time - sights_.back().time > options_.freshSeconds;
  if (!tipMm || !tipMm->allFinite() || gap) sights_.clear();
  if (!tipMm || !tipMm->allFinite()) return;
  sights_.push_back({time, *tipMm});
  // One from before the moment stays: the span then reaches over all of it.
  while (sights_.size() > 1 && time - sights_[1].time >= options_.holdSeconds) sights_.pop_front();
}

std::optional<Eigen::Vector3d> LandmarkTouch::tip(double now) const {
  if (sights_.empty() || now - sights_.back().time > options_.freshSeconds) return std::nullopt;
  return sights_.back().mm;
}

LandmarkReading LandmarkTouch::reading(double now) const {
  if (!tip(now)) throw Error("stylus", "its tip is not seen", "turn its marker to the tracker");
  if (static_cast<int>(sights_.size()) < options_.leastSightings ||
      sights_.back().time - sights_.front().time < options_.holdSeconds)
    throw Error("stylus", "its tip has not rested long enough", "hold it on the landmark for a second");
  Eigen::Vector3d mean = Eigen::Vector3d::Zero();
  for (const Sight& sight : sights_) mean += sight.mm;
  mean /= static_cast<double>(sights_.size());
  double squares = 0;
  for (const Sight& sight : sights_) squares += (sight.mm - mean).squaredNorm();
  const double scatter = std::sqrt(squares / static_cast<double>(sights_.size()));
  if (scatter > options_.steadyMm)
    throw Error("stylus", "its tip is moving", "hold it still on the landmark");
  // In each direction; the scatter of single sights, not of their mean: the hand drifts more than the
  // tracker.
  return {mean, std::hypot(options_.palpationSdMm, scatter / std::sqrt(3.0))};
}

}  // namespace acuguide::planning
