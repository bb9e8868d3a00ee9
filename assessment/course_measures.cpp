#include "assessment/course_measures.h"

#include "assessment/expert_band.h"
#include "assessment/needle_motion.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace acuguide::assessment {
namespace {

constexpr double hitMm = 3.0;          ///< Perk Tutor: nearer than this is a hit
constexpr double strokeMm = 1.0;       ///< shorter movements along the shaft are no stroke
constexpr double nearTargetMm = 10.0;  ///< strokes count within this distance
constexpr int medianReach = 2;         ///< frames to each side in a running median
constexpr double shortestAdvanceMm = 1.0;
const char* const noPlan = "no guidance was recorded: there was no plan, or the pictures were not analysed";
const char* const noScale = "the picture's scale is not known";

using Value = std::function<std::optional<double>(std::int64_t)>;

const recording::FrameRecord& frameOf(const recording::SessionRecord& record, std::int64_t frame) {
  return record.frames[static_cast<std::size_t>(frame)];
}

bool seen(const recording::FrameRecord& frame) { return frame.needle == tracking::NeedleState::Observed; }

/// The median of a value over the frames round one, so that one bad picture decides nothing.
std::optional<double> runningMedian(const Value& value, const Insertion& part, std::int64_t at) {
  std::vector<double> values;
  for (std::int64_t i = std::max(part.firstFrame, at - medianReach);
       i <= std::min(part.lastFrame, at + medianReach); ++i)
    if (const auto known = value(i)) values.push_back(*known);
  if (values.empty()) return std::nullopt;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

class Course {
 public:
  Course(const recording::SessionRecord& record, PathPart path, InsertionMetrics& metrics)
      : record_(record), path_(path), metrics_(metrics), part_(metrics.insertion) {}

  void measure() {
    measureTarget();
    measureAngle();
    measureDepth();
    measureOvershoot();
    measureDanger();
    measureOffCourse();
    measureStrokes();
  }

 private:
  void set(Metric metric, std::optional<double> value, const std::string& why) {
    metrics_.values[metric] = value;
    if (!value) metrics_.unknown[metric] = why;
  }

  /// A number of the guidance while the needle was seen.
  Value guided(std::optional<double> recording::GuidanceRecord::*member) const {
    return [this, member](std::int64_t i) -> std::optional<double> {
      const recording::FrameRecord& frame = frameOf(record_, i);
      if (!seen(frame) || !frame.guidance) return std::nullopt;
      return (*frame.guidance).*member;
    };
  }

  std::string whyNotMm() const {
    bool guidance = false, scale = false;
    for (std::int64_t i = part_.firstFrame; i <= part_.lastFrame; ++i) {
      guidance = guidance || frameOf(record_, i).guidance;
      scale = scale || frameOf(record_, i).spacingMm;
    }
    return !guidance ? noPlan : !scale ? noScale : "the target was not found while the needle was seen";
  }

  void measureTarget() {
    const Value distance = guided(&recording::GuidanceRecord::tipToTargetMm);
    std::optional<double> closest;
    for (std::int64_t i = part_.firstFrame; i <= part_.lastFrame; ++i) {
      if (!distance(i)) continue;
      const auto here = runningMedian(distance, part_, i);
      if (closest && *closest <= *here) continue;
      closest = here;
      arrival_ = i;
    }
    set(Metric::ClosestToTarget, closest, whyNotMm());
    set(Metric::TargetHit, closest ? std::optional(*closest < hitMm ? 1.0 : 0.0) : std::nullopt, whyNotMm());
  }

  /// On the way in: until the tip was closest to the target.
  void measureAngle() {
    const Value error = guided(&recording::GuidanceRecord::angleErrorDegrees);
    std::vector<double> amounts;
    for (std::int64_t i = part_.firstFrame; i <= arrival_.value_or(part_.lastFrame); ++i)
      if (const auto here = error(i)) amounts.push_back(std::abs(*here));
    set(Metric::AngleError, percentile(std::move(amounts), 50.0), whyNotMm());
  }

  void measureDepth() {
    const Value error = [this](std::int64_t i) -> std::optional<double> {
      const recording::FrameRecord& frame = frameOf(record_, i);
      if (!seen(frame) || !frame.guidance) return std::nullopt;
      const auto &tip = frame.guidance->tipDepthMm, &target = frame.guidance->targetDepthMm;
      return tip && target ? std::optional(*tip - *target) : std::nullopt;
    };
    set(Metric::DepthError, arrival_ ? runningMedian(error, part_, *arrival_) : std::nullopt, whyNotMm());
  }

  /// How far past the target, along the shaft.
  void measureOvershoot() {
    const Value past = [this](std::int64_t i) -> std::optional<double> {
      const recording::FrameRecord& frame = frameOf(record_, i);
      if (!seen(frame) || !frame.guidance || !frame.guidance->targetPx) return std::nullopt;
      const auto picture = pictureFrameOf(record_, frame);
      if (!picture || !picture->scaled()) return std::nullopt;
      const Eigen::Vector2d tip = picture->fromPx(frame.tipPx);
      const Eigen::Vector2d shaft = tip - picture->fromPx(frame.tailPx);
      if (shaft.norm() < 1e-6) return std::nullopt;
      return (tip - picture->fromPx(*frame.guidance->targetPx)).dot(shaft.normalized());
    };
    std::optional<double> most;
    for (std::int64_t i = part_.firstFrame; i <= part_.lastFrame; ++i)
      if (past(i)) most = std::max(most.value_or(0.0), *runningMedian(past, part_, i));
    set(Metric::Overshoot, most, whyNotMm());
  }

  void measureDanger() {
    const Value distance = guided(&recording::GuidanceRecord::dangerMm);
    std::optional<double> nearest;
    for (std::int64_t i = part_.firstFrame; i <= part_.lastFrame; ++i) {
      const auto here = distance(i);
      if (!here || (nearest && *nearest <= *here)) continue;
      nearest = here;
      const std::int32_t danger = frameOf(record_, i).guidance->danger;
      metrics_.nearestDanger = danger >= 0 ? record_.dangers[static_cast<std::size_t>(danger)] : "";
    }
    const bool planned = record_.plan && !record_.plan->dangers.empty();
    set(Metric::NearestDanger, nearest, planned ? whyNotMm() : "no danger is in the plan");
  }

  void measureOffCourse() {
    double seconds = 0;
    bool guidance = false;
    for (std::int64_t i = part_.firstFrame; i <= part_.lastFrame; ++i) {
      const recording::FrameRecord& frame = frameOf(record_, i);
      if (!frame.guidance) continue;
      guidance = true;
      if (frame.guidance->state == guidance::GuidanceState::OffCourse && i > part_.firstFrame)
        seconds += std::max(0.0, frame.time - frameOf(record_, i - 1).time);
    }
    set(Metric::TimeOffCourse, guidance ? std::optional(seconds) : std::nullopt, noPlan);
  }

  /// Advances of a millimetre and more, each after a withdrawal of as much, once the tip had arrived and
  /// while it was near the target.
  void measureStrokes() {
    const auto& closest = metrics_.values[Metric::ClosestToTarget];
    if (!closest || path_.size() < 2) {
      set(Metric::StrokesAtTarget, std::nullopt, closest ? noScale : whyNotMm());
      return;
    }
    set(Metric::StrokesAtTarget, static_cast<double>(strokes()), {});
  }

  int strokes() const {
    const Value distance = guided(&recording::GuidanceRecord::tipToTargetMm);
    Eigen::Vector3d axis = Eigen::Vector3d::Zero();
    for (const NeedleSample& sample : path_) axis += sample.axis();
    axis.normalize();
    int count = 0;
    bool arrived = false, withdrawing = false;
    double turn = 0.0;  // the last turning point, along the axis
    for (const NeedleSample& sample : path_) {
      const auto away = runningMedian(distance, part_, sample.frame);
      const double along = sample.tip.dot(axis);
      if (!arrived) {
        arrived = away && *away < hitMm;
        turn = along;
        continue;
      }
      if (away && *away > nearTargetMm) break;
      if (withdrawing && along - turn >= strokeMm) {
        withdrawing = false;
        turn = along;
        ++count;
      } else if (!withdrawing && turn - along >= strokeMm) {
        withdrawing = true;
        turn = along;
      }
      turn = withdrawing ? std::min(turn, along) : std::max(turn, along);
    }
    return count;
  }

  const recording::SessionRecord& record_;
  const PathPart path_;
  InsertionMetrics& metrics_;
  const Insertion part_;
  std::optional<std::int64_t> arrival_;  ///< the frame in which the tip was closest to the target
};

}  // namespace

void measureCourse(const recording::SessionRecord& record, PathPart path, InsertionMetrics& metrics) {
  Course(record, path, metrics).measure();
}

std::optional<double> advanceTipSeen(const recording::SessionRecord& record, PathPart path) {
  double advance = 0, withTip = 0;
  for (std::size_t i = 1; i < path.size(); ++i) {
    const double step = (path[i].tip - path[i - 1].tip).dot(path[i].axis());
    if (step <= 0) continue;
    advance += step;
    std::int64_t sightings = 0;
    for (std::int64_t frame = path[i - 1].frame + 1; frame <= path[i].frame; ++frame)
      sightings += seen(frameOf(record, frame)) ? 1 : 0;
    withTip += step * static_cast<double>(sightings) / static_cast<double>(path[i].frame - path[i - 1].frame);
  }
  if (advance < shortestAdvanceMm) return std::nullopt;
  return 100.0 * withTip / advance;
}

}  // namespace acuguide::assessment
