#include "outcomes/welch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

namespace acuguide::outcomes {
namespace {

// Student's sleep data (Cushny and Peebles 1905), the example of R's t.test: t = -1.8608, df = 17.776,
// p = 0.07939, 95 % CI -3.3654832 to 0.2054832, means 0.75 and 2.33.
TEST(Welch, GivesWhatRGivesForStudentsSleepData) {
  const std::vector<double> drug1{0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
  const std::vector<double> drug2{1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};
  const GroupSummary first = summarise(drug1), second = summarise(drug2);
  EXPECT_NEAR(first.mean, 0.75, 1e-12);
  EXPECT_NEAR(second.mean, 2.33, 1e-12);
  EXPECT_NEAR(first.sd, 1.789010, 1e-6);
  const WelchResult result = welch(first, second);
  EXPECT_NEAR(result.t, -1.8608, 5e-5);
  EXPECT_NEAR(result.df, 17.776, 5e-4);
  EXPECT_NEAR(result.p, 0.07939, 5e-6);
  EXPECT_NEAR(result.low, -3.3654832, 5e-8);
  EXPECT_NEAR(result.high, 0.2054832, 5e-8);
}

// With no spread in the second group the degrees of freedom are n - 1 of the first, so that the interval's
// half width over the standard error is the value in the table of the t distribution.
TEST(Welch, IntervalsAreThoseOfTheTableOfT) {
  const std::vector<std::pair<int, double>> table{{1, 12.706}, {2, 4.303},  {5, 2.571},
                                                  {10, 2.228}, {30, 2.042}, {120, 1.980}};
  for (const auto& [df, quantile] : table) {
    const double n = df + 1;
    const WelchResult result = welch({1.0, std::sqrt(n), df + 1}, {0.0, 0.0, 5});
    EXPECT_NEAR(result.df, df, 1e-9);
    EXPECT_NEAR(result.high - result.difference, quantile, 5e-4) << df;
  }
}

TEST(Welch, EqualGroupsHaveTheirCommonDegreesOfFreedomAndHedgesFactor) {
  const WelchResult result = welch({2.0, 1.0, 6}, {1.0, 1.0, 6});
  EXPECT_NEAR(result.df, 10, 1e-9);
  // J(10) = gamma(5) / (sqrt(5) gamma(9/2)), where gamma(9/2) = 105 sqrt(pi) / 16.
  EXPECT_NEAR(result.hedgesG, 24 * 16 / (105 * std::sqrt(5 * std::numbers::pi)), 1e-12);
  EXPECT_LT(result.hedgesLow, result.hedgesG);
  EXPECT_NEAR(result.hedgesHigh - result.hedgesG, result.hedgesG - result.hedgesLow, 1e-12);
}

TEST(Welch, SwappingTheGroupsTurnsTheSigns) {
  const WelchResult one = welch({5, 2, 9}, {3, 4, 20}), other = welch({3, 4, 20}, {5, 2, 9});
  EXPECT_DOUBLE_EQ(one.difference, -other.difference);
  EXPECT_DOUBLE_EQ(one.low, -other.high);
  EXPECT_DOUBLE_EQ(one.p, other.p);
  EXPECT_DOUBLE_EQ(one.hedgesG, -other.hedgesG);
}

TEST(Welch, FarApartGroupsHaveASmallPAndNoFault) {
  const WelchResult result = welch({1e6, 1, 1000}, {0, 1, 1000});
  EXPECT_GE(result.p, 0.0);
  EXPECT_LT(result.p, 1e-300);
}

TEST(Welch, SaysWhyGroupsCannotBeCompared) {
  const GroupSummary good{1, 1, 5};
  EXPECT_FALSE(obstacle(good, good, "treated", "control"));
  EXPECT_EQ(obstacle(good, {}, "treated", "control"), "control has no values");
  EXPECT_EQ(obstacle({3, 0, 1}, good, "treated", "control"), "treated has only 1 value, and so no spread");
  EXPECT_THAT(*obstacle({3, 0, 5}, {4, 0, 5}, "treated", "control"), testing::HasSubstr("without spread"));
  EXPECT_FALSE(obstacle({3, 0, 5}, good, "treated", "control")) << "one group without spread leaves a t";
}

TEST(Welch, SpreadThatIsOnlyRoundingIsNone) {
  const std::vector<double> alike(7, 0.1);
  EXPECT_TRUE(obstacle(summarise(alike), summarise(alike), "a", "b"));
}

}  // namespace
}  // namespace acuguide::outcomes
