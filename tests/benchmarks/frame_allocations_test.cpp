// What the per-frame path takes from the heap once it has seen a stream's pictures: nothing but what OpenCV
// takes to run the needle's or the planes' network.

#include "benchmarks/allocation_counter.h"
#include "benchmarks/benchmark_frames.h"
#include "imaging/frame_analyzer.h"
#include "imaging/needle/needle_network.h"
#include "imaging/planes/plane_network.h"
#include "tracking/needle_tracker.h"

#include <gtest/gtest.h>
#include <opencv2/core/utility.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <utility>

namespace acuguide::benchmarks {
namespace {

class FrameAllocations : public ::testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    if (!allocationsAreCounted()) GTEST_SKIP() << "the sanitizer has the allocator";
  }
};

/// The most that OpenCV's forward pass takes in one of several frames; it has no way to be given that memory.
template <class Network, class... Pictures>
std::int64_t allocationsOf(Network network, const Pictures&... pictures) {
  std::int64_t most = 0;
  for (int round = 0; round < 20; ++round) {
    const Allocations before = allocationsSoFar();
    network.process(pictures...);
    if (round > 2) most = std::max(most, (allocationsSoFar() - before).count);
  }
  return most;
}

TEST_P(FrameAllocations, AreThoseOfTheNetworkAfterWarmUp) {
  cv::setNumThreads(1);
  const cv::Mat picture(imaging::NeedleNetwork::side, imaging::NeedleNetwork::side, CV_8UC1, cv::Scalar(90));
  const std::int64_t needle = allocationsOf(imaging::NeedleNetwork(), picture, picture),
                     planes = allocationsOf(imaging::PlaneNetwork(), picture);
  // On a stream never both at one frame.
  const std::int64_t allowed = GetParam() ? needle + planes : std::max(needle, planes);
  std::printf("allocations of one forward pass: %lld and %lld\n", static_cast<long long>(needle),
              static_cast<long long>(planes));
  const FrameSet set = simulatedFrames();
  imaging::AnalyzerOptions options;
  options.still = GetParam();
  imaging::FrameAnalyzer analyzer(options);
  cv::Rect bounds;
  int counted = 0, none = 0;
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
      none += taken.count == 0;
      EXPECT_LE(taken.count, allowed) << taken.bytes << " bytes";
    }
  }
  EXPECT_GT(counted, 30);
  // On a stream the needle's network looks at every other frame, the planes' at every other one of the rest.
  if (!GetParam()) {
    EXPECT_GT(none, counted / 5);
  }
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
