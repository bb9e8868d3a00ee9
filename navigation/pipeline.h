#pragma once

#include "core/stream_clock.h"
#include "guidance/hints.h"
#include "imaging/frame_analyzer.h"
#include "navigation/guidance_snapshot.h"
#include "navigation/structure_watch.h"
#include "tracking/needle_tracker.h"
#include "tracking/possible_zones.h"
#include "tracking/tissue_anchor.h"

#include <Eigen/Core>

#include <memory>
#include <optional>

namespace acuguide::navigation {

/// The options with what the plan says where they leave it open; null: as they are.
imaging::AnalyzerOptions underPlan(imaging::AnalyzerOptions options, const planning::Plan* plan);

/// The per-frame path without threads: imaging, tracking, guidance, each timed. One stream, one thread. Used
/// alike by the live system and by `acuguide process`.
class Pipeline {
 public:
  explicit Pipeline(imaging::AnalyzerOptions options = {});

  /// Null: no plan, and so no guidance. The target is tied to the tissue it lies on in the next picture that
  /// shows its place, and goes with it from then on; setting the same plan again confirms the target anew.
  /// The plan's entry side, angle and probe side go to the analyzer where its options leave them open;
  /// another answer there makes the analysis begin anew.
  void setPlan(std::shared_ptr<const planning::Plan> plan);
  const std::shared_ptr<const planning::Plan>& plan() const { return plan_; }

  /// The same plan with other danger zones (one that was confirmed): target, course and strokes go on.
  void amendPlan(std::shared_ptr<const planning::Plan> plan);

  /// Whether possible nerves and vessels are kept and carried; off at first. Off forgets them.
  void setStructuresOn(bool on);
  /// What the network said of an earlier picture of this stream.
  void setStructures(const StructureAnswer& answer);
  /// PossibleZones::dismiss. False: no such zone.
  bool dismissStructure(std::uint64_t id) { return zones_.dismiss(id); }

  /// What people have said: until all is said guidance claims no course. Everything, where nobody is asked.
  void setReadiness(const guidance::Readiness& readiness) { readiness_ = readiness; }

  /// A frame that does not continue the one before (core/stream_clock.h) makes all forget first. `picture`,
  /// `stream` and `alarms` are left for asOf(). What a stage throws goes on to the caller, who may go on with
  /// unanalysed().
  GuidanceSnapshot process(std::shared_ptr<const Frame> frame);

  /// The frame alone, where process() has failed: the past is forgotten, and nothing is claimed of it.
  GuidanceSnapshot unanalysed(std::shared_ptr<const Frame> frame, std::string why);

  /// Whether the last frame processed continued the one before.
  bool continued() const { return continued_; }

  /// The same frame under the plan now in force, without analysing or tracking it again.
  GuidanceSnapshot guideAgain(GuidanceSnapshot snapshot);

  /// Forgets the past: another source, a jump in time.
  void reset();

 private:
  void guide(GuidanceSnapshot& snapshot);
  void judge(GuidanceSnapshot& snapshot, const std::optional<tracking::AnchoredPoint>& target);
  void carry(const cv::Mat& grey, GuidanceSnapshot& snapshot,
             const std::optional<tracking::AnchoredPoint>& target);
  void carryByScene(const cv::Mat& grey, GuidanceSnapshot& snapshot);
  void startEpoch();
  double unchangedSeconds(const GuidanceSnapshot& snapshot);

  imaging::AnalyzerOptions given_;  // before any plan
  imaging::AnalyzerOptions used_;
  std::optional<imaging::FrameAnalyzer> analyzer_;
  tracking::NeedleTracker tracker_;
  std::shared_ptr<const planning::Plan> plan_;
  std::optional<guidance::GuidanceRule> rule_;
  std::optional<guidance::Procedure> procedure_;
  guidance::HintSettler hints_;
  guidance::Readiness readiness_;
  tracking::TissueAnchor anchor_;

  // Possible nerves and vessels, carried by the target's anchor, and by one of their own where it is not set.
  bool structuresOn_ = false;
  bool structuresFailed_ = false;
  tracking::PossibleZones zones_;
  tracking::TissueAnchor scene_;
  bool onTarget_ = false;        ///< which of the two
  tracking::TissuePose tissue_;  ///< as last known
  double sceneLost_ = 0.0;       ///< time of the frame from which the scene has not been recognised
  std::optional<double> answered_;
  bool answerSure_ = false;

  std::optional<FrameMoment> last_;
  bool continued_ = false;
  std::shared_ptr<const Frame> before_;  ///< to be compared with, pixel for pixel
  double unchangedSince_ = 0.0;          ///< arrival

  cv::Mat greyBuffer_;
  std::uint64_t sequence_ = 0;
  std::uint64_t firstSequence_ = 0;  ///< since the past was forgotten
};

}  // namespace acuguide::navigation
