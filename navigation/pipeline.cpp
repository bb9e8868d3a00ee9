#include "navigation/pipeline.h"

#include "core/clock.h"
#include "core/grey.h"
#include "core/scale.h"

#include <cmath>
#include <utility>

namespace acuguide::navigation {
namespace {

/// A scene not recognised for so long is another one.
constexpr double kSceneGone = 0.3;

/// Watches more of the picture than a target's anchor: what it carries may lie anywhere.
tracking::TissueAnchorOptions sceneOptions() {
  tracking::TissueAnchorOptions options;
  options.reachAcross = 0.3;
  options.reachAlong = 0.22;
  return options;
}

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
      tracker_(trackerOptions(options.still)),
      hints_(options.still ? guidance::HintSettler(0.0) : guidance::HintSettler()),
      scene_(sceneOptions()) {}

void Pipeline::setPlan(std::shared_ptr<const planning::Plan> plan) {
  plan_ = std::move(plan);
  anchor_.reset();
  const imaging::AnalyzerOptions wanted = underPlan(given_, plan_.get());
  if (!expectTheSame(wanted, used_)) analyzer_.emplace(wanted);
  used_ = wanted;
  rule_.reset();
  procedure_.reset();
  hints_.reset();
  if (!plan_) return;
  rule_.emplace(plan_);
  procedure_.emplace(plan_->strokes);
}

void Pipeline::amendPlan(std::shared_ptr<const planning::Plan> plan) {
  if (!plan || !rule_) return setPlan(std::move(plan));
  plan_ = std::move(plan);
  rule_->amend(plan_);
}

void Pipeline::setStructuresOn(bool on) {
  structuresOn_ = on;
  structuresFailed_ = false;
  answered_.reset();
  if (on) return;
  zones_.reset();
  scene_.reset();
  tissue_.sure = false;
}

void Pipeline::setStructures(const StructureAnswer& answer) {
  if (!structuresOn_ || answer.of->sequence < firstSequence_) return;
  structuresFailed_ = answer.failed;
  answered_ = answer.of->frame->time;
  answerSure_ = answer.structures.sure;
  zones_.add(answer.structures, answer.of->structures.tissue, *answered_);
}

GuidanceSnapshot Pipeline::process(std::shared_ptr<const Frame> frame) {
  const FrameMoment moment(*frame);
  continued_ = !last_ || continues(*last_, moment);
  if (!continued_) {
    reset();
    if (readiness_.asked) readiness_.pointConfirmed = false;
  }
  last_ = moment;
  if (frame->geometry.spacingMm && !scaleFault(*frame->geometry.spacingMm, moment.size).empty()) {
    Frame unscaled = *frame;  // pixels are shared, not copied
    admitScale(unscaled.geometry, moment.size, "the source");
    frame = std::make_shared<const Frame>(std::move(unscaled));
  }
  GuidanceSnapshot snapshot;
  snapshot.sequence = ++sequence_;
  snapshot.durations.decode = frame->decodeSeconds;
  snapshot.frame = std::move(frame);

  const double start = monotonicSeconds();
  snapshot.analysis = analyzer_->process(*snapshot.frame);
  const double analysed = monotonicSeconds();
  snapshot.needle = tracker_.process(snapshot.analysis->needles, snapshot.frame->time);
  snapshot.trackedNeedle = tracking::trackedNeedle(snapshot.frame->poses);
  if (snapshot.trackedNeedle)
    snapshot.needlesApartMm = tracking::disagreementMm(snapshot.needle, *snapshot.trackedNeedle,
                                                       snapshot.frame->geometry.spacingMm);
  snapshot.unchangedSeconds = unchangedSeconds(snapshot);
  const double tracked = monotonicSeconds();
  guide(snapshot);
  const double guided = monotonicSeconds();

  snapshot.durations.imaging = analysed - start;
  snapshot.durations.tracking = tracked - analysed;
  snapshot.durations.guidance = guided - tracked;
  return snapshot;
}

/// By the part that is the ultrasound image: a clock beside it goes on when the scanner is frozen.
double Pipeline::unchangedSeconds(const GuidanceSnapshot& snapshot) {
  const std::shared_ptr<const Frame> before = std::exchange(before_, snapshot.frame);
  const cv::Mat& now = snapshot.frame->pixels;
  cv::Rect part = snapshot.analysis->region.bounds & cv::Rect({0, 0}, now.size());
  if (part.empty()) part = cv::Rect({0, 0}, now.size());
  const bool same =
      before && before->pixels.size() == now.size() && samePixels(before->pixels(part), now(part));
  if (!same) unchangedSince_ = snapshot.frame->arrival;
  return snapshot.frame->arrival - unchangedSince_;
}

GuidanceSnapshot Pipeline::unanalysed(std::shared_ptr<const Frame> frame, std::string why) {
  reset();
  GuidanceSnapshot snapshot;
  snapshot.sequence = ++sequence_;
  snapshot.frame = std::move(frame);
  snapshot.plan = plan_;
  snapshot.failure = std::move(why);
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
  snapshot.structures = {};
  if (!rule_ && !structuresOn_) return;
  const cv::Mat& grey = greyOf(snapshot.frame->pixels, greyBuffer_);
  const auto target =
      rule_ ? anchor_.process(grey, snapshot.analysis->region, snapshot.needle) : std::nullopt;
  if (structuresOn_) carry(grey, snapshot, target);
  if (rule_) judge(snapshot, target);
  const auto& place = snapshot.guidance ? snapshot.guidance->target : std::nullopt;
  if (!given_.still && !anchor_.isSet() && place)
    anchor_.set(grey, snapshot.analysis->region, place->px, snapshot.needle);
}

void Pipeline::judge(GuidanceSnapshot& snapshot, const std::optional<tracking::AnchoredPoint>& target) {
  std::vector<tracking::PossibleZone>& possible = snapshot.structures.zones;
  const bool contradicted = snapshot.needlesApartMm.value_or(0.0) > tracking::worstDisagreementMm;
  snapshot.guidance = rule_->process(snapshot.frame->geometry, *snapshot.analysis, snapshot.needle, target,
                                     possible, contradicted);
  std::erase_if(possible, [&](const tracking::PossibleZone& zone) {
    return guidance::coveredByPlan(zone, *snapshot.guidance);
  });
  snapshot.structures.planMotion = snapshot.guidance->planMotion;
  snapshot.procedure = procedure_->process(*snapshot.guidance, snapshot.needle, readiness_);
  guidance::withholdClaims(*snapshot.procedure, *snapshot.guidance);
  hints_.settle(*snapshot.guidance, snapshot.frame->time);
  const std::vector<NamedPose>& poses = snapshot.frame->poses;
  if (plan_->point)
    snapshot.point = guidance::placeInPicture(*plan_->point, poses, snapshot.analysis->region);
  snapshot.bladeClock = guidance::trackedBlade(poses, snapshot.analysis->region.probe);
}

/// The tissue's motion is measured from another picture from now on; zones whose place is known move over.
void Pipeline::startEpoch() {
  if (!tissue_.sure) zones_.reset();
  zones_.rebase(tissue_.epoch + 1, tissue_.motion);
  tissue_ = {tissue_.epoch + 1, Eigen::Affine2d::Identity(), true};
}

/// Where the tissue is, by the anchor of the target, else by the scene's; and the zones with it.
void Pipeline::carry(const cv::Mat& grey, GuidanceSnapshot& snapshot,
                     const std::optional<tracking::AnchoredPoint>& target) {
  if (target) {
    // The target was tied to the picture before this one, of which the scene's pose is the last known.
    if (!onTarget_) startEpoch();
    onTarget_ = true;
    scene_.reset();
    tissue_.motion = target->motion;
    tissue_.sure = target->sure;
  } else {
    carryByScene(grey, snapshot);
  }
  StructuresNow& now = snapshot.structures;
  now.doubt = structuresFailed_ ? StructuresDoubt::Failed : StructuresDoubt::None;
  now.tissue = tissue_;
  now.answered = answered_;
  now.answerSure = answerSure_;
  now.zones = zones_.process(tissue_, snapshot.frame->time);
  now.dismissed = zones_.dismissed();
}

void Pipeline::carryByScene(const cv::Mat& grey, GuidanceSnapshot& snapshot) {
  const imaging::ImagingRegion& region = snapshot.analysis->region;
  const double time = snapshot.frame->time;
  const auto scene = scene_.process(grey, region, snapshot.needle);
  if (scene) {
    tissue_.motion = scene->motion;
    tissue_.sure = scene->sure;
    if (scene->sure) sceneLost_ = time;
    if (std::abs(time - sceneLost_) <= kSceneGone) return;
  }
  // Not tied yet, another scene, or the target has been let go of: begin from this picture.
  const cv::Rect& box = region.bounds;
  const Eigen::Vector2d middle(box.x + box.width / 2.0, box.y + box.height / 2.0);
  const bool tied = !given_.still && scene_.set(grey, region, middle, snapshot.needle);
  startEpoch();
  tissue_.sure = tied;
  onTarget_ = false;
  sceneLost_ = time;
}

void Pipeline::reset() {
  analyzer_->reset();
  tracker_.reset();
  anchor_.reset();
  scene_.reset();
  zones_.reset();
  tissue_.sure = false;
  answered_.reset();
  last_.reset();
  before_.reset();
  firstSequence_ = sequence_ + 1;
  if (rule_) rule_->reset();
  if (procedure_) procedure_->reset();
  hints_.reset();
}

}  // namespace acuguide::navigation
