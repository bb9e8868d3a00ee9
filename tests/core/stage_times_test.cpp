#include "core/stage_times.h"

#include <gtest/gtest.h>

namespace acuguide {
namespace {

TEST(StageTimes, EmptyIsAllZero) {
  const StageTimes::Summary summary = StageTimes().summary();
  EXPECT_EQ(summary.count, 0u);
  EXPECT_EQ(summary.max, 0.0);
}

TEST(StageTimes, MedianPercentileAndMaximumOfUnsortedValues) {
  StageTimes times;
  for (int i = 100; i >= 1; --i) times.add(i * 1e-3);
  const StageTimes::Summary summary = times.summary();
  EXPECT_EQ(summary.count, 100u);
  EXPECT_NEAR(summary.median, 0.0505, 0.0006);
  EXPECT_NEAR(summary.p95, 0.0955, 0.0006);
  EXPECT_DOUBLE_EQ(summary.max, 0.1);
}

TEST(StageTimes, OneValueIsItsOwnMedianAndMaximum) {
  StageTimes times;
  times.add(0.25);
  EXPECT_EQ(times.summary().median, 0.25);
  EXPECT_EQ(times.summary().p95, 0.25);
  EXPECT_EQ(times.summary().max, 0.25);
}

TEST(StageTimes, KeepsTheLastOfTooManyAndCountsAll) {
  StageTimes times(10);
  times.add(1000.0);
  for (int i = 0; i < 25; ++i) times.add(i);
  const StageTimes::Summary summary = times.summary();
  EXPECT_EQ(summary.count, 26u);
  EXPECT_EQ(summary.max, 24.0) << "the first value has been pushed out";
  EXPECT_GE(summary.median, 15.0) << "only 15 to 24 are kept";
}

}  // namespace
}  // namespace acuguide
