#include "navigation/structure_watch.h"

#include "core/clock.h"
#include "navigation/pipeline.h"
#include "simulation/simulator.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace acuguide::navigation {
namespace {

using namespace std::chrono_literals;

std::shared_ptr<const GuidanceSnapshot> snapshotOf(std::uint64_t sequence, int grey = 40) {
  auto snapshot = std::make_shared<GuidanceSnapshot>();
  Frame frame;
  frame.pixels = cv::Mat(96, 128, CV_8UC1, cv::Scalar(grey));
  frame.time = 0.1 * static_cast<double>(sequence);
  snapshot->frame = std::make_shared<const Frame>(std::move(frame));
  snapshot->sequence = sequence;
  snapshot->ownAnalysis().region.bounds = {0, 0, 128, 96};
  snapshot->ownAnalysis().region.probe = imaging::ProbeSide::Top;
  return snapshot;
}

imaging::Structures sure(std::vector<imaging::PossibleStructure> found = {}) {
  imaging::Structures structures;
  structures.sure = true;
  structures.found = std::move(found);
  return structures;
}

std::shared_ptr<const StructureAnswer> answerOf(StructureWatch& watch) {
  for (int i = 0; i < 1000; ++i) {
    if (auto answer = watch.take()) return answer;
    std::this_thread::sleep_for(5ms);
  }
  return nullptr;
}

/// A look that lasts until the test lets it end.
class Gate {
 public:
  void pass() {
    std::unique_lock lock(mutex_);
    entered_ = true;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
  }
  void waitUntilEntered() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return entered_; });
  }
  void open() {
    std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool entered_ = false, open_ = false;
};

TEST(StructureWatch, NewestWinsAndOfferingNeverWaits) {
  Gate gate;
  StructureWatch watch(
      [&gate](const cv::Mat&, const imaging::ImagingRegion&) {
        gate.pass();
        return sure();
      },
      {0.0, 1.0});
  watch.offer(snapshotOf(1));
  gate.waitUntilEntered();
  const double start = monotonicSeconds();
  for (std::uint64_t i = 2; i <= 50; ++i) watch.offer(snapshotOf(i));
  EXPECT_LT(monotonicSeconds() - start, 0.2);
  EXPECT_FALSE(watch.take()) << "no answer before there is one";
  gate.open();
  auto answer = answerOf(watch);
  ASSERT_TRUE(answer);
  if (answer->of->sequence == 1) answer = answerOf(watch);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->of->sequence, 50u) << "what lay between was never looked at";
  std::this_thread::sleep_for(20ms);
  EXPECT_FALSE(watch.take()) << "each answer once";
}

TEST(StructureWatch, RestsSoThatItTakesAtMostItsShareOfACore) {
  std::atomic<int> looks{0};
  StructureWatch watch(
      [&looks](const cv::Mat&, const imaging::ImagingRegion&) {
        ++looks;
        const double until = monotonicSeconds() + 0.03;
        while (monotonicSeconds() < until) {  // busy, not asleep
        }
        return sure();
      },
      {0.01, 0.15});
  const double start = monotonicSeconds();
  std::uint64_t sequence = 0;
  while (monotonicSeconds() - start < 0.9) {
    watch.offer(snapshotOf(++sequence));
    std::this_thread::sleep_for(5ms);
  }
  EXPECT_GE(looks, 1);
  EXPECT_LE(looks, 12) << "30 ms of every 200 ms, or less of them where others take the core";
}

TEST(StructureWatch, WhatIsThrownIsAnAnswerThatFailed) {
  std::atomic<bool> broken{true};
  StructureWatch watch(
      [&broken](const cv::Mat&, const imaging::ImagingRegion&) -> imaging::Structures {
        if (broken) throw std::runtime_error("no network");
        return sure();
      },
      {0.0, 1.0});
  watch.offer(snapshotOf(1));
  auto answer = answerOf(watch);
  ASSERT_TRUE(answer);
  EXPECT_TRUE(answer->failed);
  EXPECT_FALSE(answer->structures.sure);
  broken = false;
  watch.offer(snapshotOf(2));
  answer = answerOf(watch);
  ASSERT_TRUE(answer);
  EXPECT_FALSE(answer->failed) << "and it comes back by itself";
}

TEST(StructureWatch, AVesselUnderTheBoneIsLeftOut) {
  imaging::PossibleStructure vessel;
  vessel.outlinePx = {{50, 70}, {70, 70}, {70, 85}, {50, 85}};
  StructureWatch watch([&](const cv::Mat&, const imaging::ImagingRegion&) { return sure({vessel}); });
  auto with = std::make_shared<GuidanceSnapshot>(*snapshotOf(1));
  imaging::TissuePlane bone;
  bone.label = imaging::PlaneLabel::Bone;
  for (float x = 30; x <= 90; x += 6) bone.vertices.push_back({x, 60, 58, 62});
  with->ownAnalysis().planes.push_back(bone);
  watch.offer(with);
  auto answer = answerOf(watch);
  ASSERT_TRUE(answer);
  EXPECT_TRUE(answer->structures.found.empty());
}

/// The network itself, in the scenarios with a bone: its shadow is dark as a lumen, and no vessel.
TEST(StructuresOnTheSimulator, NoVesselUnderBone) {
  StructureWatch watch({0.0, 1.0});
  for (const char* scenario : {"gb34_near_nerve", "li10_steep", "pc6_median_nerve", "gb30_curved"}) {
    simulation::SimulatorOptions options;
    options.seed = 7;
    simulation::Simulator simulator(scenario, options);
    Pipeline pipeline;
    for (int i = 0; i < 150; i += 50) {
      const auto rendered = simulator.render(i);
      watch.offer(std::make_shared<const GuidanceSnapshot>(
          pipeline.process(std::make_shared<const Frame>(rendered.frame))));
      const auto answer = answerOf(watch);
      ASSERT_TRUE(answer && !answer->failed);
      EXPECT_TRUE(answer->structures.sure) << scenario;
      for (const imaging::PossibleStructure& one : answer->structures.found) {
        if (one.kind != imaging::StructureKind::Vessel) continue;
        Eigen::Vector2d middle = Eigen::Vector2d::Zero();
        for (const auto& p : one.outlinePx) middle += p / static_cast<double>(one.outlinePx.size());
        for (const auto& plane : rendered.truth.planes) {
          if (plane.label != simulation::PlaneLabel::Bone) continue;
          for (const auto& v : plane.vertices)
            EXPECT_FALSE(std::abs(v.x - middle.x()) < 8 && middle.y() > v.ridge)
                << scenario << " frame " << i << ": vessel at " << middle.transpose();
        }
      }
    }
  }
}

/// The whole way on the simulator: what is found in one picture is shown where its tissue is in later ones.
TEST(StructuresInPipeline, AFindingStaysOnItsTissueWhileTheProbeMoves) {
  simulation::Simulator simulator("probe_motion", {});
  Pipeline pipeline;  // no plan: the scene itself carries them
  pipeline.setStructuresOn(true);
  const auto shown = [&](int i) {
    return std::make_shared<const GuidanceSnapshot>(
        pipeline.process(std::make_shared<const Frame>(simulator.render(i).frame)));
  };
  auto first = shown(0);
  first = shown(2);
  EXPECT_TRUE(first->structures.tissue.sure);
  const Eigen::Vector2d place = simulator.render(2).truth.targetPx;
  imaging::PossibleStructure nerve;
  nerve.kind = imaging::StructureKind::Nerve;
  nerve.confidence = 0.9;
  for (const auto& [x, y] : {std::pair{-8, -8}, {8, -8}, {8, 8}, {-8, 8}})
    nerve.outlinePx.push_back(place + Eigen::Vector2d(x, y));
  StructureAnswer answer;
  answer.of = first;
  answer.structures = sure({nerve});
  double most = 0, moved = 0;
  for (int i = 4; i < 30; i += 2) {
    if (i == 8) pipeline.setStructures(answer);  // it came late
    const auto now = shown(i);
    if (i < 8) continue;
    ASSERT_EQ(now->structures.zones.size(), 1u) << "frame " << i;
    Eigen::Vector2d middle = Eigen::Vector2d::Zero();
    for (const auto& p : now->structures.zones[0].outlinePx) middle += p / 4;
    const Eigen::Vector2d truth = simulator.render(i).truth.targetPx;
    most = std::max(most, (middle - truth).norm());
    moved = std::max(moved, (truth - place).norm());
  }
  EXPECT_GT(moved, 10) << "px: the probe did move";
  EXPECT_LT(most, 6) << "px";
}

TEST(StructuresInPipeline, TheyMoveOverWhenATargetIsTiedAndLetGoOf) {
  simulation::Simulator simulator("no_needle", {});
  Pipeline pipeline;
  pipeline.setStructuresOn(true);
  std::shared_ptr<const GuidanceSnapshot> now;
  int frame = 0;
  const auto next = [&] {
    now = std::make_shared<const GuidanceSnapshot>(
        pipeline.process(std::make_shared<const Frame>(simulator.render(frame++).frame)));
  };
  next();
  next();
  imaging::PossibleStructure vessel;
  vessel.confidence = 0.9;
  vessel.outlinePx = {{300, 200}, {330, 200}, {330, 230}, {300, 230}};
  StructureAnswer answer;
  answer.of = now;
  answer.structures = sure({vessel});
  pipeline.setStructures(answer);
  next();
  ASSERT_EQ(now->structures.zones.size(), 1u);
  const std::uint64_t id = now->structures.zones[0].id;
  auto plan = std::make_shared<planning::Plan>();
  plan->acupoint = "ST36";
  plan->target = planning::TargetAtDepth{{0, 15}};
  for (const bool planned : {true, true, false}) {
    pipeline.setPlan(planned ? plan : nullptr);
    for (int i = 0; i < 3; ++i) {
      next();
      ASSERT_EQ(now->structures.zones.size(), 1u) << "frame " << frame;
      EXPECT_EQ(now->structures.zones[0].id, id);
      EXPECT_NEAR(now->structures.zones[0].outlinePx[0].x(), 300, 8);
    }
  }
  pipeline.setStructuresOn(false);
  next();
  EXPECT_TRUE(now->structures.zones.empty());
}

TEST(StructuresInPipeline, AnotherStreamIsNotJudgedByTheOneBefore) {
  simulation::Simulator simulator("no_needle", {});
  Pipeline pipeline;
  pipeline.setStructuresOn(true);
  const auto frame = [&](int i) { return std::make_shared<const Frame>(simulator.render(i).frame); };
  pipeline.process(frame(0));
  StructureAnswer answer;
  answer.of = std::make_shared<const GuidanceSnapshot>(pipeline.process(frame(1)));
  imaging::PossibleStructure vessel;
  vessel.confidence = 0.9;
  vessel.outlinePx = {{300, 200}, {330, 200}, {330, 230}, {300, 230}};
  answer.structures = sure({vessel});
  pipeline.reset();
  pipeline.setStructures(answer);
  const auto now = pipeline.process(frame(2));
  EXPECT_TRUE(now.structures.zones.empty());
  EXPECT_FALSE(now.structures.answered);
}

TEST(StructuresInPipeline, AnAmendedPlanKeepsTargetAndStrokes) {
  simulation::Simulator simulator("probe_motion", {});
  auto plan = std::make_shared<planning::Plan>();
  plan->acupoint = "ST36";
  plan->target = planning::TargetAtPixel{simulator.render(0).truth.targetPx};
  Pipeline pipeline;
  pipeline.setPlan(plan);
  std::shared_ptr<planning::Plan> amended;
  for (int i = 0; i < 60; i += 2) {
    if (i == 30) {
      amended = std::make_shared<planning::Plan>(*plan);
      planning::DangerZone nerve;
      nerve.name = "nerve";
      nerve.shape = planning::Ellipse{{10, 10}, 2, 2, 0};
      amended->dangers.push_back(nerve);
      pipeline.amendPlan(amended);
    }
    const auto rendered = simulator.render(i);
    const auto snapshot = pipeline.process(std::make_shared<const Frame>(rendered.frame));
    ASSERT_TRUE(snapshot.guidance && snapshot.guidance->target);
    EXPECT_LT((snapshot.guidance->target->px - rendered.truth.targetPx).norm(), 8) << "frame " << i;
    if (amended) {
      EXPECT_EQ(snapshot.plan, amended);
      EXPECT_EQ(snapshot.guidance->dangerOutlinesPx.size(), 1u);
    }
  }
}

}  // namespace
}  // namespace acuguide::navigation
