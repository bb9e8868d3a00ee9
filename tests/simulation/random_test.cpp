#include "simulation/random.h"

#include "simulation/noise_field.h"

#include <gtest/gtest.h>

#include <cmath>

namespace acuguide::simulation {
namespace {

TEST(Random, IsSplitMix64) {
  // mixBits of the first increment is the published first output for state 0.
  EXPECT_EQ(mixBits(0x9E3779B97F4A7C15ULL), 0xE220A8397B1DCDAFULL);
}

TEST(Random, SameSeedAndStreamGiveTheSameNumbersAndOthersDoNot) {
  Random one(5, 1), same(5, 1), otherSeed(6, 1), otherStream(5, 2);
  const auto first = one.next();
  EXPECT_EQ(first, same.next());
  EXPECT_NE(first, otherSeed.next());
  EXPECT_NE(first, otherStream.next());
}

TEST(Random, NormalHasMeanZeroVarianceOneAndNormalTails) {
  Random random(3);
  constexpr int kCount = 100000;
  double sum = 0.0, squares = 0.0;
  int beyondTwo = 0;
  for (int i = 0; i < kCount; ++i) {
    const double value = random.normal();
    sum += value;
    squares += value * value;
    beyondTwo += std::abs(value) > 2.0 ? 1 : 0;
  }
  EXPECT_NEAR(sum / kCount, 0.0, 0.02);
  EXPECT_NEAR(squares / kCount, 1.0, 0.02);
  EXPECT_NEAR(static_cast<double>(beyondTwo) / kCount, 0.0455, 0.004);
}

TEST(NoiseField, IsSmoothBoundedAndNotConstant) {
  const NoiseField field(1, 2);
  double low = 1.0, high = -1.0;
  for (int i = -400; i < 400; ++i) {
    const double x = 0.037 * i;
    const double value = field.at(x, 1.7);
    EXPECT_LE(std::abs(value), 1.0);
    EXPECT_NEAR(field.at(x + 1e-4, 1.7), value, 1e-3);
    low = std::min(low, value);
    high = std::max(high, value);
  }
  EXPECT_LT(low, -0.3);
  EXPECT_GT(high, 0.3);
}

}  // namespace
}  // namespace acuguide::simulation
