#include "acquisition/igtl/clock_offset.h"

#include <gtest/gtest.h>

#include <random>

namespace acuguide::acquisition {
namespace {

TEST(ClockOffset, TheLeastDelayedMessageTellsTheClocksApart) {
  ClockOffset clock;
  EXPECT_FALSE(clock.seconds());
  std::mt19937 random(1);
  std::exponential_distribution<> delay(200.0);  // 5 ms
  double worst = 0;
  for (int i = 0; i < 3000; ++i) {
    const double made = 100.0 + i / 30.0;
    const double local = clock.toLocal(made + 1.7e9, made + 0.001 + delay(random));
    if (i > 100) worst = std::max(worst, std::abs(local - (made + 0.001)));
  }
  EXPECT_LT(worst, 0.001);
  EXPECT_NEAR(*clock.seconds(), -1.7e9, 0.003);
}

TEST(ClockOffset, WhatQueuedUpIsAsOldAsItIs) {
  ClockOffset clock;
  for (int i = 0; i < 30; ++i) clock.toLocal(i / 30.0, 100.0 + i / 30.0);
  EXPECT_NEAR(clock.toLocal(1.0, 103.0), 101.0, 1e-9);  // two seconds late
}

TEST(ClockOffset, FollowsDriftAndAClockThatIsSet) {
  ClockOffset clock;
  double local = 0;
  for (int i = 0; i < 3000; ++i) local = clock.toLocal(i / 30.0 * 0.999, i / 30.0);  // 1 ms a second slow
  EXPECT_NEAR(local, 2999 / 30.0, 0.011);
  EXPECT_DOUBLE_EQ(clock.toLocal(5.0, 200.0), 200.0);     // set back
  EXPECT_DOUBLE_EQ(clock.toLocal(5000.0, 201.0), 201.0);  // set forward
}

TEST(ClockOffset, ASmallStepBackOfOneDeviceIsAClockThatWasSet) {
  ClockOffset clock;
  for (int i = 0; i < 30; ++i) clock.toLocal(i / 30.0, 100.0 + i / 30.0, "Image");
  const double local = clock.toLocal(1.0 - 0.3, 101.0, "Image");
  EXPECT_NEAR(local, 101.0, 0.02) << "not 0.3 s old for the next ten seconds";
}

TEST(ClockOffset, MessagesOfSeveralDevicesMayComeOutOfOrder) {
  ClockOffset clock;
  for (int i = 0; i < 30; ++i) clock.toLocal(i / 30.0, 100.0 + i / 30.0, "Image");
  clock.toLocal(0.7, 101.0, "Probe");  // queued 0.3 s behind the image's
  EXPECT_NEAR(clock.toLocal(1.0, 101.5, "Image"), 101.0, 1e-9) << "still half a second late";
}

}  // namespace
}  // namespace acuguide::acquisition
