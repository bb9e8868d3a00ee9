#include "assessment/learning_curve.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

namespace acuguide::assessment {
namespace {

using Values = std::vector<std::optional<double>>;

TEST(LearningCurve, AnExactCurveIsFoundExactly) {
  Values values;
  for (int trial = 1; trial <= 8; ++trial) values.push_back(60.0 - 9.0 * std::log2(trial));
  const auto curve = fitLearningCurve(values);
  ASSERT_TRUE(curve);
  EXPECT_NEAR(curve->atFirstTrial, 60.0, 1e-9);
  EXPECT_NEAR(curve->perDoubling, -9.0, 1e-9);
  EXPECT_NEAR(curve->perDoublingLow, -9.0, 1e-6);
  EXPECT_NEAR(curve->perDoublingHigh, -9.0, 1e-6);
  EXPECT_NEAR(curve->points.at(7).fitted, 33.0, 1e-9);
}

TEST(LearningCurve, FourTrialsAreTooFew) {
  EXPECT_FALSE(fitLearningCurve(Values{1.0, 2.0, 3.0, std::nullopt, 4.0}));
  EXPECT_FALSE(fitLearningCurve({}));
}

TEST(LearningCurve, AnUnknownTrialStillCountsAsPractice) {
  Values values;
  for (int trial = 1; trial <= 9; ++trial) values.push_back(60.0 - 9.0 * std::log2(trial));
  values[2].reset();
  const auto curve = fitLearningCurve(values);
  ASSERT_TRUE(curve);
  EXPECT_EQ(curve->trials, 8);
  EXPECT_EQ(curve->points.size(), 9u);
  EXPECT_NEAR(curve->perDoubling, -9.0, 1e-9);
}

/// The band holds the true slope about as often as it says (percentile intervals of 16 trials are a little
/// narrow).
TEST(LearningCurve, TheBandHoldsWhatItPromises) {
  std::mt19937_64 random(7);
  std::normal_distribution<double> noise(0.0, 6.0);
  LearningCurveOptions options;
  options.resamples = 400;
  int held = 0;
  constexpr int studies = 200;
  for (int study = 0; study < studies; ++study) {
    Values values;
    for (int trial = 1; trial <= 16; ++trial) values.push_back(60.0 - 9.0 * std::log2(trial) + noise(random));
    const auto curve = fitLearningCurve(values, options);
    held += curve->perDoublingLow <= -9.0 && -9.0 <= curve->perDoublingHigh;
  }
  EXPECT_GE(held, studies * 86 / 100);
  EXPECT_LE(held, studies * 99 / 100);
}

}  // namespace
}  // namespace acuguide::assessment
