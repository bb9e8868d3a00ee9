#include "navigation/pipeline.h"

#include "core/clock.h"
#include "core/grey.h"

#include <utility>

namespace acuguide::navigation {
namespace {

tracking::NeedleTrackerOptions trackerOptions(bool still) {
  tracking::NeedleTrackerOptions options;
  options.still = still;
  return options;
}

bool expectTheSame(const imaging::AnalyzerOptions& a, const imaging::AnalyzerOptions& b) {
  return a.probe == b.probe && a.entry == b.entry && a.expectedAngle == b.expectedAngle;
}

}  // namespace

imaging::AnalyzerOptions underPlan(imaging::AnalyzerOptions options, const planning::Plan* plan) {
  using imaging::EntrySide;
  if (plan == nullptr) return options;
  if (options.probe == imaging::ProbeSide::Unknown) options.probe = plan->probe;
  if (options.entry == EntrySide::Any && plan->entryFromLeft)
    options.entry = *plan->entryFromLeft ? EntrySide::Left : EntrySide::Right;
  if (!options.expectedAngle) options.expectedAngle = plan->entryAngle;
  return options;
}

Pipeline::Pipeline(imaging::AnalyzerOptions options)
    : given_(options),
      used_(options),
      analyzer_(std::in_place, options),
      tracker_(trackerOptions(options.still)) {}

void Pipeline::setPlan(std::shared_ptr<const planning::Plan> plan) {
  plan_ = std::move(plan);
  anchor_.reset();
  const imaging::AnalyzerOptions wanted = underPlan(given_, plan_.get());
  if (!expectTheSame(wanted, used_)) analyzer_.emplace(wanted);
  used_ = wanted;
  rule_.reset();
  procedure_.reset();
  if (!plan_) return;
  rule_.emplace(plan_);
  procedure_.emplace(plan_->strokes);
}

GuidanceSnapshot Pipeline::process(std::shared_ptr<const Frame> frame) {
  GuidanceSnapshot snapshot;
  snapshot.sequence = ++sequence_;
  snapshot.durations.decode = frame->decodeSeconds;
  snapshot.frame = std::move(frame);

  const double start = monotonicSeconds();
  snapshot.analysis = analyzer_->process(*snapshot.frame);
  const double analysed = monotonicSeconds();
  snapshot.needle = tracker_.process(snapshot.analysis.needles, snapshot.frame->time);
  snapshot.trackedNeedle = tracking::trackedNeedle(snapshot.frame->poses);
  if (snapshot.trackedNeedle)
    snapshot.needlesApartMm = tracking::disagreementMm(snapshot.needle, *snapshot.trackedNeedle,
                                                       snapshot.frame->geometry.spacingMm);
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
  snapshot.procedure.reset();
  snapshot.point.reset();
  snapshot.bladeClock.reset();
  if (!rule_) return;
  const cv::Mat& grey = greyOf(snapshot.frame->pixels, greyBuffer_);
  const auto tissue = anchor_.process(grey, snapshot.analysis.region, snapshot.needle);
  snapshot.guidance = rule_->process(snapshot.frame->geometry, snapshot.analysis, snapshot.needle, tissue);
  snapshot.procedure = procedure_->process(*snapshot.guidance, snapshot.needle, readiness_);
  planning::withholdClaims(*snapshot.procedure, *snapshot.guidance);
  const std::vector<NamedPose>& poses = snapshot.frame->poses;
  if (plan_->point) snapshot.point = planning::placeInPicture(*plan_->point, poses, snapshot.analysis.region);
  snapshot.bladeClock = planning::trackedBlade(poses, snapshot.analysis.region.probe);
  const auto& target = snapshot.guidance->target;
  if (!given_.still && !anchor_.isSet() && target)
    anchor_.set(grey, snapshot.analysis.region, target->px, snapshot.needle);
}

void Pipeline::reset() {
  analyzer_->reset();
  tracker_.reset();
  anchor_.reset();
  if (rule_) rule_->reset();
  if (procedure_) procedure_->reset();
}

}  // namespace acuguide::navigation
