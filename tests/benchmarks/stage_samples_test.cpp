#include "benchmarks/stage_samples.h"

#include <gmock/gmock.h>

#include <memory>
#include <vector>

namespace acuguide::benchmarks {
namespace {

TEST(Quantile, IsTheNearestRank) {
  std::vector<double> values;
  for (int i = 100; i >= 1; --i) values.push_back(i);
  EXPECT_EQ(quantile(values, 0.5), 50);
  EXPECT_EQ(quantile(values, 0.99), 99);
  EXPECT_EQ(quantile(values, 1.0), 100);
  EXPECT_EQ(quantile(values, 0.0), 1);
  EXPECT_EQ(quantile({3}, 0.99), 3);
  EXPECT_EQ(quantile({}, 0.5), 0);
}

TEST(StageSamples, GivesEachStageItsOwnAllocations) {
  StageSamples samples;
  for (int frame = 0; frame < 3; ++frame) {
    samples.begin();
    const std::vector<double> taken(1024);
    samples.mark("greedy");
    samples.mark("frugal");
    samples.end();
    EXPECT_EQ(taken.size(), 1024U);
  }
  EXPECT_THAT(samples.stages(), testing::ElementsAre("greedy", "frugal"));
  EXPECT_EQ(samples.summary("frugal").allocations, 0);
  if (!allocationsAreCounted()) GTEST_SKIP() << "the sanitizer has the allocator";
  EXPECT_EQ(samples.summary("greedy").allocations, 1);
  EXPECT_EQ(samples.summary("greedy").kilobytes, 8);
  EXPECT_EQ(samples.summary("whole").allocations, 1);
}

TEST(StageSamples, TheWholeIsTheSumOfItsStages) {
  StageSamples samples;
  samples.begin();
  samples.mark("one");
  double busy = 1;
  for (int i = 0; i < 200000; ++i) busy = busy * 1.0000001 + 1e-9;
  EXPECT_GT(busy, 1);
  samples.mark("two");
  samples.end();
  EXPECT_NEAR(samples.summary("whole").medianMs,
              samples.summary("one").medianMs + samples.summary("two").medianMs, 1e-9);
  EXPECT_GT(samples.summary("two").cpuMedianMs, 0);
}

TEST(StageSamples, ForgetsTheWarmUp) {
  StageSamples samples;
  samples.begin();
  samples.mark("one");
  samples.end();
  samples.clear();
  EXPECT_EQ(samples.summary("one").medianMs, 0);
  EXPECT_EQ(samples.summary("never").medianMs, 0);
}

}  // namespace
}  // namespace acuguide::benchmarks
