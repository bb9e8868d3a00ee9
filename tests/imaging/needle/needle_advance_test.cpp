#include "imaging/needle/needle_advance.h"

#include <gtest/gtest.h>

#include <functional>

namespace acuguide::imaging {
namespace {

const Eigen::Vector2d kTail(20, 60);
const Eigen::Vector2d kAxis = Eigen::Vector2d(3, 4).normalized();
constexpr double kUnit = 1.6;

/// What the last of `frames` pictures gives, 30 a second.
double lastOf(int frames, const std::function<Eigen::Vector2d(int)>& tip,
              const std::function<Eigen::Vector2d(int)>& tail) {
  NeedleAdvance advance;
  double odds = 0;
  for (int i = 0; i < frames; ++i) {
    advance.begin(i / 30.0, kUnit);
    odds = advance.note(tip(i), tail(i));
  }
  return odds;
}

double wobble(int i) { return (i * 7 % 5 - 2) * 0.5; }
Eigen::Vector2d still(int) { return kTail; }

TEST(NeedleAdvance, SupportsALineThatRunsOnAlongItself) {
  const auto tip = [](int i) -> Eigen::Vector2d { return kTail + (90 + 1.2 * i + wobble(i)) * kAxis; };
  EXPECT_GT(lastOf(40, tip, still), 1.2);
}

TEST(NeedleAdvance, AndOneThatIsDrawnBack) {
  const auto tip = [](int i) -> Eigen::Vector2d { return kTail + (150 - 1.2 * i + wobble(i)) * kAxis; };
  EXPECT_GT(lastOf(40, tip, still), 1.2);
}

TEST(NeedleAdvance, SaysNothingOfAStillLine) {
  EXPECT_EQ(lastOf(
                60, [](int i) -> Eigen::Vector2d { return kTail + (120 + wobble(i)) * kAxis; }, still),
            0);
}

TEST(NeedleAdvance, SaysNothingOfALineWhoseEndJumps) {
  EXPECT_EQ(lastOf(
                60, [](int i) -> Eigen::Vector2d { return kTail + (i % 9 < 4 ? 90 : 140) * kAxis; }, still),
            0);
}

TEST(NeedleAdvance, SaysNothingOfALineThatIsCarriedAlong) {
  // The tissue moves with the probe: both ends go.
  const auto moved = [](int i) -> Eigen::Vector2d { return 1.2 * i * kAxis; };
  EXPECT_EQ(lastOf(
                40, [&](int i) -> Eigen::Vector2d { return kTail + 120 * kAxis + moved(i); },
                [&](int i) -> Eigen::Vector2d { return kTail + moved(i); }),
            0);
}

TEST(NeedleAdvance, KeepsMostOfWhatANeedleEarnedThatNowLiesStill) {
  const auto tip = [](int i) -> Eigen::Vector2d { return kTail + (90 + 1.2 * std::min(i, 40)) * kAxis; };
  EXPECT_GT(lastOf(41 + 60, tip, still), 0.9);
}

TEST(NeedleAdvance, ForgetsOnReset) {
  NeedleAdvance advance;
  const auto run = [&](double from) {
    double odds = 0;
    for (int i = 0; i < 30; ++i) {
      advance.begin(from + i / 30.0, kUnit);
      odds = advance.note(kTail + (90 + 1.2 * i) * kAxis, kTail);
    }
    return odds;
  };
  EXPECT_GT(run(5), 1);
  advance.reset();
  advance.begin(6.1, kUnit);
  EXPECT_EQ(advance.note(kTail + 126 * kAxis, kTail), 0);
}

}  // namespace
}  // namespace acuguide::imaging
