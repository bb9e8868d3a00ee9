#include "navigation/pipeline.h"

#include "simulation/simulated_source.h"
#include "simulation/simulator.h"

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <memory>
#include <vector>

namespace acuguide::navigation {
namespace {

std::shared_ptr<const Frame> nextFrame(acquisition::FrameSource& source) {
  auto frame = source.read();
  return frame ? std::make_shared<const Frame>(std::move(*frame)) : nullptr;
}

TEST(Pipeline, WithoutAPlanThereIsAnalysisButNoGuidance) {
  const auto source = simulation::simulatorKind().open("sim:no_needle?seed=3");
  Pipeline pipeline;
  const auto snapshot = pipeline.process(nextFrame(*source));
  EXPECT_FALSE(snapshot.guidance);
  EXPECT_FALSE(snapshot.plan);
  EXPECT_FALSE(snapshot.analysis->region.bounds.empty());
  EXPECT_GT(snapshot.durations.imaging, 0.0);
}

TEST(Pipeline, NeverDrawsANeedleInThePhantomWithoutOne) {
  const auto source = simulation::simulatorKind().open("sim:no_needle?seed=3");
  Pipeline pipeline;
  for (int i = 0; i < 60; ++i) {
    const auto snapshot = pipeline.process(nextFrame(*source));
    EXPECT_EQ(snapshot.needle.state, tracking::NeedleState::None) << "frame " << i;
  }
}

TEST(Pipeline, GuidesASimulatedBladeTowardsItsTarget) {
  const auto source = simulation::simulatorKind().open("sim:st36_in_plane?seed=3");
  auto plan = std::make_shared<planning::Plan>(
      planning::readPlan(ACUGUIDE_SOURCE_DIR "/sample_data/plans/st36_in_plane.plan.json"));
  Pipeline pipeline;
  pipeline.setPlan(plan);
  std::vector<double> distances;
  for (int i = 0; i < 210; ++i) {
    const auto snapshot = pipeline.process(nextFrame(*source));
    ASSERT_TRUE(snapshot.guidance);
    if (snapshot.needle.state == tracking::NeedleState::Observed && snapshot.guidance->tipToTarget &&
        snapshot.guidance->tipToTarget->mm)
      distances.push_back(*snapshot.guidance->tipToTarget->mm);
  }
  ASSERT_GT(distances.size(), 60u) << "the needle is seen for most of its way";
  EXPECT_LT(distances.back(), distances.front() - 5.0) << "and comes nearer";
}

TEST(Pipeline, ClaimsNoCourseBeforeChecklistAndPointAreSettled) {
  const auto claims = [](const guidance::Readiness& readiness) {
    const auto source = simulation::simulatorKind().open("sim:st36_in_plane?seed=3");
    Pipeline pipeline;
    pipeline.setReadiness(readiness);
    pipeline.setPlan(std::make_shared<planning::Plan>(
        planning::readPlan(ACUGUIDE_SOURCE_DIR "/sample_data/plans/st36_in_plane.plan.json")));
    int count = 0;
    for (int i = 0; i < 120; ++i) {
      const auto snapshot = pipeline.process(nextFrame(*source));
      const auto state = snapshot.guidance->state;
      const bool claim =
          state == guidance::GuidanceState::OnCourse || state == guidance::GuidanceState::AtTarget;
      count += claim;
      EXPECT_TRUE(claim || !guidance::isAdvancing(snapshot.procedure->step) ||
                  snapshot.needle.state != tracking::NeedleState::Observed);
    }
    return count;
  };
  EXPECT_GT(claims({}), 10) << "a recording asks nobody";
  EXPECT_EQ(claims({true, false, true}), 0);
  EXPECT_EQ(claims({true, true, false}), 0);
}

TEST(Pipeline, ClaimsNoCourseWhileATrackerHasTheNeedleElsewhere) {
  const auto source = simulation::simulatorKind().open("sim:st36_in_plane?seed=3");
  const auto plan = std::make_shared<planning::Plan>(
      planning::readPlan(ACUGUIDE_SOURCE_DIR "/sample_data/plans/st36_in_plane.plan.json"));
  Pipeline alone, tracked;
  alone.setPlan(plan);
  tracked.setPlan(plan);
  int claims = 0, withheld = 0;
  for (int i = 0; i < 120; ++i) {
    auto frame = nextFrame(*source);
    const auto without = alone.process(frame).guidance->state;
    claims += without == guidance::GuidanceState::OnCourse || without == guidance::GuidanceState::AtTarget;
    Frame posed = *frame;
    Eigen::Matrix4d imageToProbe = Eigen::Matrix4d::Identity();
    imageToProbe.topLeftCorner<2, 2>().diagonal() = *frame->geometry.spacingMm;
    Eigen::Matrix4d tip = Eigen::Matrix4d::Identity();
    tip.col(3) << 10, 10, 25, 1;  // 25 mm beside the picture's plane
    posed.poses = {{"Image", "Probe", imageToProbe, true}, {"NeedleTip", "Probe", tip, true}};
    const auto with = tracked.process(std::make_shared<const Frame>(std::move(posed)));
    EXPECT_NE(with.guidance->state, guidance::GuidanceState::OnCourse) << "frame " << i;
    EXPECT_NE(with.guidance->state, guidance::GuidanceState::AtTarget) << "frame " << i;
    withheld += with.guidance->reason == guidance::GuidanceReason::NeedlesApart;
  }
  EXPECT_GT(claims, 10);
  EXPECT_GE(withheld, claims);
}

TEST(Pipeline, ATrackedProbeShowsThePlansPoint) {
  const auto source = simulation::simulatorKind().open("sim:no_needle?seed=3");
  auto plan = std::make_shared<planning::Plan>(
      planning::readPlan(ACUGUIDE_SOURCE_DIR "/sample_data/plans/st36_in_plane.plan.json"));
  plan->point = planning::PointInSpace{"Reference", {20, 5, 3}, 2.0};
  Pipeline pipeline;
  pipeline.setPlan(plan);
  auto frame = std::make_shared<Frame>(*nextFrame(*source));
  EXPECT_EQ(std::get<guidance::NotPlaced>(*pipeline.process(frame).point).why,
            guidance::WhyNotPlaced::NotCalibrated);
  Eigen::Matrix4d imageToProbe = Eigen::Matrix4d::Identity();
  imageToProbe.diagonal() << 0.1, 0.1, 0.1, 1;
  frame->poses = {{"Image", "Probe", imageToProbe, true},
                  {"Probe", "Reference", Eigen::Matrix4d::Identity(), true}};
  const auto snapshot = pipeline.process(frame);
  const auto& seen = std::get<guidance::PointInPicture>(*snapshot.point);
  EXPECT_NEAR(seen.px.x(), 200, 1e-9);
  EXPECT_NEAR(seen.px.y(), 50, 1e-9);
  EXPECT_NEAR(seen.throughMm, 3, 1e-9);
  EXPECT_FALSE(seen.inPlane);
}

TEST(Pipeline, PlanFillsWhatTheOptionsLeaveOpen) {
  using imaging::EntrySide, imaging::ProbeSide;
  planning::Plan plan;
  plan.entryFromLeft = false;
  plan.entryAngle = 0.6;
  plan.probe = ProbeSide::Bottom;

  const auto open = underPlan({}, &plan);
  EXPECT_EQ(open.entry, EntrySide::Right);
  EXPECT_EQ(open.expectedAngle, 0.6);
  EXPECT_EQ(open.probe, ProbeSide::Bottom);

  imaging::AnalyzerOptions said;
  said.entry = EntrySide::Left;
  said.expectedAngle = 0.3;
  said.probe = ProbeSide::Top;
  const auto kept = underPlan(said, &plan);
  EXPECT_EQ(kept.entry, EntrySide::Left) << "a word on the command line is the later one";
  EXPECT_EQ(kept.expectedAngle, 0.3);
  EXPECT_EQ(kept.probe, ProbeSide::Top);

  EXPECT_EQ(underPlan({}, nullptr).entry, EntrySide::Any);
  const planning::Plan silent;
  EXPECT_EQ(underPlan({}, &silent).entry, EntrySide::Any);
  EXPECT_FALSE(underPlan({}, &silent).expectedAngle);
}

TEST(Pipeline, APlanLoadedWhileRunningReachesTheAnalyzerAndLeavesItAgain) {
  using imaging::ProbeSide;
  const auto source = simulation::simulatorKind().open("sim:st36_in_plane?seed=3");
  Pipeline pipeline;
  const ProbeSide found = pipeline.process(nextFrame(*source)).analysis->region.probe;
  ASSERT_NE(found, ProbeSide::Bottom);
  auto plan = std::make_shared<planning::Plan>();
  plan->probe = ProbeSide::Bottom;
  pipeline.setPlan(plan);
  EXPECT_EQ(pipeline.process(nextFrame(*source)).analysis->region.probe, ProbeSide::Bottom);
  pipeline.setPlan(nullptr);
  EXPECT_EQ(pipeline.process(nextFrame(*source)).analysis->region.probe, found);
}

TEST(Pipeline, AnotherTargetLeavesTheAnalysisAsItIs) {
  const auto source = simulation::simulatorKind().open("sim:st36_in_plane?seed=3");
  std::vector<std::shared_ptr<const Frame>> frames;
  for (int i = 0; i < 6; ++i) frames.push_back(nextFrame(*source));
  auto plan = std::make_shared<planning::Plan>();
  plan->entryAngle = 0.6;
  Pipeline undisturbed, moved;
  undisturbed.setPlan(plan);
  moved.setPlan(plan);
  for (std::size_t i = 0; i < frames.size(); ++i) {
    if (i == 3) {
      auto next = std::make_shared<planning::Plan>(*plan);
      next->target = planning::TargetAtPixel{{60, 50}};
      moved.setPlan(next);
    }
    const auto a = undisturbed.process(frames[i]).analysis;
    const auto b = moved.process(frames[i]).analysis;
    ASSERT_EQ(a->planes.size(), b->planes.size());
    for (std::size_t k = 0; k < a->planes.size(); ++k) {
      ASSERT_EQ(a->planes[k].vertices.size(), b->planes[k].vertices.size());
      EXPECT_EQ(a->planes[k].confidence, b->planes[k].confidence) << "its memory of the past is kept";
    }
  }
}

TEST(Pipeline, AClickedTargetStaysOnItsTissueWhileTheProbeMoves) {
  simulation::SimulatorOptions options;
  simulation::Simulator simulator("probe_motion", options);
  auto plan = std::make_shared<planning::Plan>();
  plan->acupoint = "ST36";
  plan->target = planning::TargetAtPixel{simulator.render(0).truth.targetPx};
  Pipeline pipeline;
  pipeline.setPlan(plan);
  double most = 0, moved = 0;
  for (int i = 0; i < 120; i += 2) {
    const auto rendered = simulator.render(i);
    auto frame = std::make_shared<Frame>(rendered.frame);
    const auto snapshot = pipeline.process(frame);
    ASSERT_TRUE(snapshot.guidance && snapshot.guidance->target);
    ASSERT_TRUE(snapshot.guidance->target->sure) << "frame " << i;
    most = std::max(most, (snapshot.guidance->target->px - rendered.truth.targetPx).norm());
    moved = std::max(moved, (simulator.render(0).truth.targetPx - rendered.truth.targetPx).norm());
  }
  EXPECT_GT(moved, 30) << "px: the probe did move";
  EXPECT_LT(most, 8) << "px";
}

TEST(Pipeline, TheSameFramesGiveTheSameResultAfterReset) {
  const auto source = simulation::simulatorKind().open("sim:li10_steep?seed=5");
  source->seek(150);
  std::vector<std::shared_ptr<const Frame>> frames;
  for (int i = 0; i < 10; ++i) frames.push_back(nextFrame(*source));
  Pipeline pipeline;
  std::vector<tracking::NeedleTrack> first;
  for (const auto& frame : frames) first.push_back(pipeline.process(frame).needle);
  pipeline.reset();
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const auto again = pipeline.process(frames[i]).needle;
    EXPECT_EQ(again.state, first[i].state);
    EXPECT_EQ(again.tipPx, first[i].tipPx);
  }
}

/// The simulated blade, seen; then images of tissue without one, whose clock was set back.
TEST(Pipeline, ANeedleIsForgottenWhenTheClockIsSetBack) {
  const auto source = simulation::simulatorKind().open("sim:st36_in_plane?seed=3");
  Pipeline pipeline;
  std::shared_ptr<const Frame> frame;
  bool seen = false;
  for (int i = 0; i < 150; ++i) {
    frame = nextFrame(*source);
    seen = pipeline.process(frame).needle.state == tracking::NeedleState::Observed;
  }
  ASSERT_TRUE(seen);
  Frame empty = *frame;
  empty.pixels = cv::Mat(frame->pixels.size(), frame->pixels.type(), cv::Scalar::all(30));
  empty.index = frame->index + 1;
  empty.time = frame->time - 0.8;
  const auto snapshot = pipeline.process(std::make_shared<const Frame>(empty));
  EXPECT_EQ(snapshot.needle.state, tracking::NeedleState::None) << "no phantom of another time";
  EXPECT_FALSE(pipeline.continued());
}

TEST(Pipeline, ImagesOfAnotherSizeBeginAnew) {
  const auto source = simulation::simulatorKind().open("sim:st36_in_plane?seed=3");
  Pipeline pipeline;
  pipeline.setPlan(std::make_shared<planning::Plan>(
      planning::readPlan(ACUGUIDE_SOURCE_DIR "/sample_data/plans/st36_in_plane.plan.json")));
  for (int i = 0; i < 60; ++i) {
    Frame frame = *nextFrame(*source);
    if (i >= 30)
      cv::resize(frame.pixels.clone(), frame.pixels, {}, i % 2 == 0 ? 2.0 : 0.5, i % 2 == 0 ? 2.0 : 0.5);
    const auto snapshot = pipeline.process(std::make_shared<const Frame>(frame));
    const cv::Rect whole({0, 0}, frame.pixels.size());
    EXPECT_EQ(snapshot.analysis->region.bounds & whole, snapshot.analysis->region.bounds) << i;
    EXPECT_EQ(pipeline.continued(), i < 30) << i;
  }
}

TEST(Pipeline, AnImpossibleScaleIsNeverGuidedBy) {
  const auto source = simulation::simulatorKind().open("sim:st36_in_plane?seed=3");
  Pipeline pipeline;
  pipeline.setPlan(std::make_shared<planning::Plan>(
      planning::readPlan(ACUGUIDE_SOURCE_DIR "/sample_data/plans/st36_in_plane.plan.json")));
  for (int i = 0; i < 120; ++i) pipeline.process(nextFrame(*source));  // until the needle shows
  for (const double mm : {8e-5, 80.0, 1e-30}) {
    Frame frame = *nextFrame(*source);
    frame.geometry.spacingMm = Eigen::Vector2d(mm, mm);
    const auto snapshot = pipeline.process(std::make_shared<const Frame>(frame));
    EXPECT_FALSE(snapshot.frame->geometry.spacingMm) << mm;
    EXPECT_FALSE(snapshot.frame->geometry.whyNoScale.empty());
    ASSERT_EQ(snapshot.needle.state, tracking::NeedleState::Observed);
    EXPECT_EQ(snapshot.guidance->reason, guidance::GuidanceReason::NoScale);
    EXPECT_FALSE(snapshot.guidance->tipToTarget && snapshot.guidance->tipToTarget->mm) << mm;
    EXPECT_NE(snapshot.guidance->state, guidance::GuidanceState::AtTarget);
    EXPECT_NE(snapshot.guidance->state, guidance::GuidanceState::OnCourse);
  }
}

TEST(Pipeline, MeasuresForHowLongTheImageHasBeenTheSame) {
  const auto source = simulation::simulatorKind().open("sim:no_needle?seed=3");
  Pipeline pipeline;
  Frame frame = *nextFrame(*source);
  for (int i = 0; i < 10; ++i) {
    frame.index = i;
    frame.time = frame.arrival = 5.0 + i * 0.1;
    cv::rectangle(frame.pixels, {0, 0, 2, 2}, cv::Scalar::all(i), cv::FILLED);  // a clock beside the image
    const auto snapshot = pipeline.process(std::make_shared<const Frame>(frame));
    const cv::Rect region = snapshot.analysis->region.bounds;
    if (!region.empty() && !region.contains(cv::Point(0, 0))) {
      EXPECT_NEAR(snapshot.unchangedSeconds, i * 0.1, 1e-9);
    }
    frame.pixels = frame.pixels.clone();
  }
  frame = *nextFrame(*source);
  frame.index = 10;
  frame.time = frame.arrival = 6.0;
  EXPECT_EQ(pipeline.process(std::make_shared<const Frame>(frame)).unchangedSeconds, 0.0);
}

}  // namespace
}  // namespace acuguide::navigation
