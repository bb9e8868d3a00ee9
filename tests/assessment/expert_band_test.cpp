#include "assessment/expert_band.h"

#include <gtest/gtest.h>

namespace acuguide::assessment {
namespace {

SessionMetrics sessionWith(Metric metric, const std::vector<std::optional<double>>& values) {
  SessionMetrics session;
  for (const auto& value : values) session.insertions.emplace_back().values[metric] = value;
  return session;
}

TEST(ExpertBands, PercentilesAreThoseOfTheTextbook) {
  EXPECT_DOUBLE_EQ(*percentile({1, 2, 3, 4}, 50), 2.5);
  EXPECT_DOUBLE_EQ(*percentile({4, 1, 3, 2}, 25), 1.75);  // R: quantile(1:4, .25)
  EXPECT_DOUBLE_EQ(*percentile({7}, 90), 7);
  EXPECT_DOUBLE_EQ(*percentile({1, 9}, 0), 1);
  EXPECT_DOUBLE_EQ(*percentile({1, 9}, 100), 9);
  EXPECT_FALSE(percentile({}, 50));
}

TEST(ExpertBands, LowerHigherAndNearZeroAreEachJudgedTheirWay) {
  const SessionMetrics time[] = {sessionWith(Metric::Time, {10, 12, std::nullopt, 14, 16, 18})};
  const ExpertBands lower(time, 75);
  EXPECT_EQ(lower[Metric::Time].insertions, 5);
  EXPECT_DOUBLE_EQ(*lower[Metric::Time].passMark, 16);
  EXPECT_EQ(lower.passes(Metric::Time, 16.0), true);
  EXPECT_EQ(lower.passes(Metric::Time, 16.1), false);
  EXPECT_EQ(lower.passes(Metric::Time, std::nullopt), std::nullopt);

  const SessionMetrics seen[] = {sessionWith(Metric::AdvanceTipSeen, {60, 70, 80, 90, 100})};
  const ExpertBands higher(seen, 75);
  EXPECT_DOUBLE_EQ(*higher[Metric::AdvanceTipSeen].passMark, 70);
  EXPECT_EQ(higher.passes(Metric::AdvanceTipSeen, 69.0), false);
  EXPECT_EQ(higher.passes(Metric::AdvanceTipSeen, 95.0), true);

  const SessionMetrics depth[] = {sessionWith(Metric::DepthError, {-2, -1, 0, 1, 2})};
  const ExpertBands near(depth, 75);
  EXPECT_DOUBLE_EQ(*near[Metric::DepthError].passMark, 2);
  EXPECT_EQ(near.passes(Metric::DepthError, -1.5), true);
  EXPECT_EQ(near.passes(Metric::DepthError, -2.5), false);
}

TEST(ExpertBands, TwoExpertInsertionsSetNoMark) {
  const SessionMetrics few[] = {sessionWith(Metric::Time, {10, 12})};
  const ExpertBands bands(few);
  EXPECT_FALSE(bands[Metric::Time].passMark);
  EXPECT_TRUE(bands[Metric::Time].median);
  EXPECT_EQ(bands.passes(Metric::Time, 9.0), std::nullopt);
  EXPECT_FALSE(bands[Metric::PathLength].median);
}

}  // namespace
}  // namespace acuguide::assessment
