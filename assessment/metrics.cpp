#include "assessment/metrics.h"

#include "acquisition/pose_recording.h"
#include "assessment/course_measures.h"
#include "assessment/needle_motion.h"
#include "assessment/quiet_path.h"
#include "core/error.h"

#include <algorithm>

namespace acuguide::assessment {
namespace {

const char* const noMotion = "neither the picture's scale nor a tracked needle is known";
const char* const noTissue = "where the tissue begins is not known";
const char* const noAnalysis = "only poses were given";

void set(InsertionMetrics& metrics, Metric metric, std::optional<double> value, const std::string& why) {
  metrics.values[metric] = value;
  if (!value) metrics.unknown[metric] = why;
}

std::optional<double> asNumber(std::optional<int> count) {
  return count ? std::optional<double>(*count) : std::nullopt;
}

/// From the first sample to the one deepest in the tissue; to the farthest from the first where the tissue is
/// not known.
PathPart wayIn(PathPart path) {
  if (path.empty()) return path;
  const auto depth = [&](const NeedleSample& sample) {
    return sample.tissue ? sample.tissue->depth(sample.tip) : (sample.tip - path.front().tip).norm();
  };
  const auto deepest = std::max_element(path.begin(), path.end(),
                                        [&](const auto& a, const auto& b) { return depth(a) < depth(b); });
  return path.first(static_cast<std::size_t>(deepest - path.begin()) + 1);
}

void measurePath(PathPart path, InsertionMetrics& metrics) {
  const bool moved = path.size() >= 2;
  const std::string noPlace = moved ? noTissue : noMotion;
  set(metrics, Metric::PathLength, pathLength(path), noMotion);
  set(metrics, Metric::Inefficiency, inefficiency(path), moved ? "the tip ended where it began" : noMotion);
  set(metrics, Metric::InefficiencyIn, inefficiency(wayIn(path)), moved ? "the tip went nowhere" : noMotion);
  set(metrics, Metric::TimeInside, secondsInside(path), noPlace);
  set(metrics, Metric::PathInside, lengthInside(path), noPlace);
  set(metrics, Metric::SweptArea, sweptArea(path), noPlace);
  set(metrics, Metric::Punctures, asNumber(punctures(path)), noPlace);
  set(metrics, Metric::TranslationalMotions, asNumber(translationalMotions(path)), noMotion);
  set(metrics, Metric::RotationalMotions, asNumber(rotationalMotions(path)), noMotion);
}

NeedlePath partOf(const NeedlePath& path, const Insertion& insertion) {
  NeedlePath part;
  std::copy_if(path.begin(), path.end(), std::back_inserter(part), [&](const NeedleSample& sample) {
    return sample.frame >= insertion.firstFrame && sample.frame <= insertion.lastFrame;
  });
  return part;
}

bool knowsTissue(const NeedlePath& path) {
  return std::any_of(path.begin(), path.end(),
                     [](const NeedleSample& sample) { return bool(sample.tissue); });
}

/// What poses alone say.
InsertionMetrics measureTracked(const NeedlePath& whole, PathPart part, const Insertion& insertion) {
  InsertionMetrics metrics;
  metrics.insertion = insertion;
  metrics.motion = MotionSource::Poses;
  if (!part.empty()) {
    metrics.start = part.front().time - whole.front().time;
    metrics.end = part.back().time - whole.front().time;
  }
  set(metrics, Metric::Time, elapsedSeconds(part), noMotion);
  measurePath(part, metrics);
  for (const MetricInfo& info : metricInfos())
    if (!metrics.values[info.metric]) metrics.unknown.try_emplace(info.metric, noAnalysis);
  return metrics;
}

Insertion wholeOf(const NeedlePath& path) {
  if (path.empty()) return {};
  return {path.front().frame, path.back().frame, InsertionEnd::RecordingEnd};
}

class SessionMeasurement {
 public:
  SessionMeasurement(const recording::SessionRecord& record, const MetricsOptions& options)
      : record_(record),
        options_(options),
        pictures_(pathInPictures(record)),
        poses_(pathOfPoses(record, options)),
        course_(poses_ ? withTrackedNeedle(record, options) : record) {}

  SessionMetrics measure() const {
    SessionMetrics metrics{record_.folder, record_.metaOr("started_utc", ""), {}, {}};
    if (poses_) metrics.wholeRecording = measureTracked(*poses_, *poses_, wholeOf(*poses_));
    for (const Insertion& insertion : insertions()) {
      metrics.insertions.push_back(measure(insertion));
      metrics.insertions.back().number = static_cast<int>(metrics.insertions.size());
    }
    return metrics;
  }

 private:
  std::vector<Insertion> insertions() const {
    if (poses_ && knowsTissue(*poses_)) return insertionsOfPath(*poses_, options_.insertion);
    return insertionsInPictures(record_, tipDepths(record_, pictures_), options_.insertion);
  }

  double timeOf(std::int64_t frame) const { return record_.frames[static_cast<std::size_t>(frame)].time; }

  InsertionMetrics measure(const Insertion& insertion) const {
    InsertionMetrics metrics;
    metrics.insertion = insertion;
    metrics.start = timeOf(insertion.firstFrame) - timeOf(0);
    metrics.end = timeOf(insertion.lastFrame) - timeOf(0);
    const NeedlePath quiet = quietPath(partOf(pictures_, insertion));
    const NeedlePath tracked = poses_ ? partOf(*poses_, insertion) : NeedlePath();
    const NeedlePath& path = tracked.size() >= 2 ? tracked : quiet;
    metrics.motion = tracked.size() >= 2 ? MotionSource::Poses
                     : quiet.size() >= 2 ? MotionSource::Pictures
                                         : MotionSource::None;
    metrics.values[Metric::Time] = metrics.end - metrics.start;
    measurePath(path, metrics);
    measureCourse(course_, path, metrics);
    set(metrics, Metric::AdvanceTipSeen, record_.analysed ? advanceTipSeen(record_, path) : std::nullopt,
        !record_.analysed ? "the pictures were not analysed"
        : path.size() < 2 ? noMotion
                          : "the tip did not advance");
    const auto probe = probeMotion(record_, insertion.firstFrame, insertion.lastFrame);
    const char* const noProbe = "the probe was not tracked";
    set(metrics, Metric::ProbePath, probe ? std::optional(probe->mm) : std::nullopt, noProbe);
    set(metrics, Metric::ProbeRotation, probe ? std::optional(probe->degrees) : std::nullopt, noProbe);
    return metrics;
  }

  const recording::SessionRecord& record_;
  const MetricsOptions& options_;
  const NeedlePath pictures_;
  const std::optional<NeedlePath> poses_;
  const recording::SessionRecord course_;  ///< the needle as best known: tracked, else as seen
};

}  // namespace

std::string_view nameOf(MotionSource source) {
  switch (source) {
    case MotionSource::None:
      return "none";
    case MotionSource::Pictures:
      return "pictures";
    case MotionSource::Poses:
      return "poses";
  }
  return "none";
}

SessionMetrics measureSession(const std::filesystem::path& folder, const MetricsOptions& options) {
  return measureSession(recording::readSessionRecord(folder), options);
}

SessionMetrics measureSession(const recording::SessionRecord& record, const MetricsOptions& options) {
  if (record.frames.empty()) return {record.folder, record.metaOr("started_utc", ""), {}, {}};
  return SessionMeasurement(record, options).measure();
}

SessionMetrics measurePoses(const std::filesystem::path& recording, const MetricsOptions& options,
                            const acquisition::SourceOpener& open) {
  const auto poses = acquisition::readPoseRecording(recording, {options.needlePose, "Needle"}, open);
  if (!poses.remark.empty())
    throw Error(recording.string(), poses.remark, "record or export it with time stamps in seconds");
  const Eigen::Vector3d axis = options.needleAxis.value_or(shaftAxisOf(options.needlePose));
  NeedlePath path;
  std::int64_t epoch = 0;
  for (const acquisition::RecordedPose& pose : poses.poses) {
    if (!path.empty() && pose.seconds <= path.back().time) continue;
    NeedleSample sample = sampleOf(pose.matrix, axis);
    sample.frame = static_cast<std::int64_t>(path.size());
    sample.time = pose.seconds;
    sample.broken = !path.empty() && pose.epoch != epoch;
    epoch = pose.epoch;
    sample.tissue = options.tissue;
    path.push_back(sample);
  }
  SessionMetrics metrics;
  metrics.session = recording;
  metrics.wholeRecording = measureTracked(path, path, wholeOf(path));
  const std::vector<Insertion> cut =
      options.tissue ? insertionsOfPath(path, options.insertion) : std::vector<Insertion>{wholeOf(path)};
  for (const Insertion& insertion : cut) {
    metrics.insertions.push_back(measureTracked(path, partOf(path, insertion), insertion));
    metrics.insertions.back().number = static_cast<int>(metrics.insertions.size());
  }
  return metrics;
}

}  // namespace acuguide::assessment
