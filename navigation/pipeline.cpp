#include "navigation/pipeline.h"

#include "core/clock.h"

#include <utility>

namespace acuguide::navigation {
namespace {

tracking::NeedleTrackerOptions trackerOptions(bool still) {
  tracking::NeedleTrackerOptions options;
  options.still = still;
  return options;
}

}  // namespace

Pipeline::Pipeline(imaging::AnalyzerOptions options)
    : analyzer_(options), tracker_(trackerOptions(options.still)) {}

void Pipeline::setPlan(std::shared_ptr<const planning::Plan> plan) {
  plan_ = std::move(plan);
  rule_.reset();
  if (plan_) rule_.emplace(plan_);
}

GuidanceSnapshot Pipeline::process(std::shared_ptr<const Frame> frame) {
  GuidanceSnapshot snapshot;
  snapshot.sequence = ++sequence_;
  snapshot.durations.decode = frame->decodeSeconds;
  snapshot.frame = std::move(frame);

  const double start = monotonicSeconds();
  snapshot.analysis = analyzer_.process(*snapshot.frame);
  const double analysed = monotonicSeconds();
  snapshot.needle = tracker_.process(snapshot.analysis.needles, snapshot.frame->time);
  const double tracked = monotonicSeconds();
  guide(snapshot);
  const double guided = monotonicSeconds();

  snapshot.durations.imaging = analysed - start;
  snapshot.durations.tracking = tracked - analysed;
  snapshot.durations.guidance = guided - tracked;
  return snapshot;
}

GuidanceSnapshot Pipeline::guideAgain(GuidanceSnapshot snapshot) {
  snapshot.sequence = ++sequence_;
  guide(snapshot);
  return snapshot;
}

void Pipeline::guide(GuidanceSnapshot& snapshot) {
  snapshot.plan = plan_;
  snapshot.guidance.reset();
  if (rule_) snapshot.guidance = rule_->process(snapshot.frame->geometry, snapshot.analysis, snapshot.needle);
}

void Pipeline::reset() {
  analyzer_.reset();
  tracker_.reset();
  if (rule_) rule_->reset();
}

}  // namespace acuguide::navigation
