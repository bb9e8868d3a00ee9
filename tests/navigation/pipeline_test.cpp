#include "navigation/pipeline.h"

#include "simulation/simulated_source.h"

#include <gtest/gtest.h>

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
  EXPECT_FALSE(snapshot.analysis.region.bounds.empty());
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

}  // namespace
}  // namespace acuguide::navigation
