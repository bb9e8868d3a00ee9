#include "recording/process_summary.h"

#include "core/version.h"
#include "core/whole_file.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace acuguide::recording {
namespace {

/// Enough for the statistics of half an hour at 60 frames a second to be over every frame.
constexpr std::size_t keptTimes = 108'000;

/// To a thousandth of a millisecond: what lies beyond is noise of the clock.
double milliseconds(double seconds) { return std::round(seconds * 1e6) / 1e3; }

nlohmann::ordered_json toJson(const StageTimes& times) {
  const StageTimes::Summary summary = times.summary();
  return {{"count", summary.count},
          {"median_ms", milliseconds(summary.median)},
          {"p95_ms", milliseconds(summary.p95)},
          {"max_ms", milliseconds(summary.max)}};
}

}  // namespace

ProcessSummary::ProcessSummary(std::string source, std::map<std::string, std::string> options)
    : source_(std::move(source)), options_(std::move(options)) {
  times_.fill(StageTimes(keptTimes));
  for (const auto state :
       {tracking::NeedleState::None, tracking::NeedleState::Predicted, tracking::NeedleState::Observed})
    needles_[std::string(nameOf(state))] = 0;
  using imaging::PlaneLabel;
  for (const auto label : {PlaneLabel::Skin, PlaneLabel::SuperficialAponeurosis, PlaneLabel::DeepAponeurosis,
                           PlaneLabel::Fascia, PlaneLabel::Bone})
    planes_[std::string(nameOf(label))] = 0;
}

void ProcessSummary::add(const navigation::GuidanceSnapshot& snapshot) {
  ++frames_;
  if (snapshot.frame->geometry.spacingMm) ++framesWithScale_;
  if (snapshot.analysis->fibres) ++framesWithFibres_;
  ++needles_[std::string(nameOf(snapshot.needle.state))];
  for (const imaging::TissuePlane& plane : snapshot.analysis->planes)
    ++planes_[std::string(nameOf(plane.label))];
  if (snapshot.guidance) ++guidance_[std::string(nameOf(snapshot.guidance->state))];
  const navigation::StageDurations& took = snapshot.durations;
  times_[Decode].add(took.decode);
  times_[Imaging].add(took.imaging);
  times_[Tracking].add(took.tracking);
  times_[Guidance].add(took.guidance);
  times_[Total].add(took.total());
}

std::string ProcessSummary::toJson() const {
  nlohmann::ordered_json json;
  json["format"] = "acuguide.process/1";
  json["version"] = version;
  json["source"] = source_;
  json["options"] = options_;
  json["frames"] = frames_;
  json["frames_with_scale"] = framesWithScale_;
  json["frames_with_fibres"] = framesWithFibres_;
  json["needle"] = needles_;
  json["planes"] = planes_;
  json["guidance"] = guidance_;
  auto& times = json["times"];
  times["decode"] = recording::toJson(times_[Decode]);
  times["imaging"] = recording::toJson(times_[Imaging]);
  times["tracking"] = recording::toJson(times_[Tracking]);
  times["guidance"] = recording::toJson(times_[Guidance]);
  times["total"] = recording::toJson(times_[Total]);
  // A path may hold bytes that are no UTF-8; they must not cost the summary.
  return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
}

void ProcessSummary::write(const std::filesystem::path& path) const {
  writeWholeFile(path, toJson() + '\n', "the summary");
}

}  // namespace acuguide::recording
