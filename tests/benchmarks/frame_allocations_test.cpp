// What the per-frame path takes from the heap once it has seen a stream's pictures: nothing.

#include "benchmarks/allocation_counter.h"
#include "benchmarks/benchmark_frames.h"
#include "imaging/frame_analyzer.h"
#include "tracking/needle_tracker.h"

#include <gtest/gtest.h>
#include <opencv2/core/utility.hpp>

#include <utility>

namespace acuguide::benchmarks {
namespace {

class FrameAllocations : public ::testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    if (!allocationsAreCounted()) GTEST_SKIP() << "the sanitizer has the allocator";
  }
};

TEST_P(FrameAllocations, AreNoneAfterWarmUp) {
  cv::setNumThreads(1);
  const FrameSet set = simulatedFrames();
  imaging::AnalyzerOptions options;
  options.still = GetParam();
  imaging::FrameAnalyzer analyzer(options);
  cv::Rect bounds;
  int counted = 0;
  double time = 0;
  for (int round = 0; round < 3; ++round) {
    for (const auto& original : set.frames) {
      Frame frame = *original;
      frame.time = time += 1.0 / 30;
      const Allocations before = allocationsSoFar();
      const auto analysis = analyzer.process(frame);
      const Allocations taken = allocationsSoFar() - before;
      const bool same = std::exchange(bounds, analysis->region.bounds) == analysis->region.bounds;
      if (round == 0 || !same) continue;  // buffers grow to what these pictures need, and follow the region
      ++counted;
      EXPECT_EQ(taken.count, 0) << taken.bytes << " bytes";
    }
  }
  EXPECT_GT(counted, 30);
}

TEST_P(FrameAllocations, TrackingTakesNone) {
  tracking::NeedleTrackerOptions options;
  options.still = GetParam();
  tracking::NeedleTracker tracker(options);
  imaging::NeedleCandidate needle;
  needle.confidence = 0.95;
  needle.tipPx = {200, 150};
  needle.tailPx = {60, 60};
  needle.tipSigmaPx = 3;
  needle.lateralSigmaPx = 0.5;
  const std::vector<imaging::NeedleCandidate> needles = {needle};
  for (int i = 0; i < 60; ++i) {
    const Allocations before = allocationsSoFar();
    EXPECT_EQ(tracker.process(needles, i / 30.0).state, tracking::NeedleState::Observed);
    const Allocations taken = allocationsSoFar() - before;
    if (i > 10) {
      EXPECT_EQ(taken.count, 0);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(StreamAndStill, FrameAllocations, ::testing::Bool());

}  // namespace
}  // namespace acuguide::benchmarks
