#include "acquisition/igtl/stamp_check.h"

#include <gtest/gtest.h>

#include <cmath>

namespace acuguide::acquisition {
namespace {

TEST(StampCheck, NanosecondsInPlaceOfFractionsAreNoClock) {
  StampCheck check;
  double lostAt = -1.0;
  for (int i = 0; i < 300 && lostAt < 0.0; ++i) {
    const double now = 1000.3 + i / 30.0;
    const double fraction = (now - std::floor(now)) * 1e9 / 4294967296.0;  // as a reader takes it
    if (!check.usable("Image", std::floor(now) + fraction, now)) lostAt = i / 30.0;
  }
  EXPECT_GT(lostAt, 0.0);
  EXPECT_LT(lostAt, 2.5);
  EXPECT_TRUE(check.lost());
  EXPECT_FALSE(check.usable("Image", 2000.0, 1010.0)) << "and stays lost";
}

TEST(StampCheck, AClockThatIsSetBackOnceIsStillOne) {
  StampCheck check;
  for (int i = 0; i < 300; ++i) {
    const double now = 1000.0 + i / 30.0, stamp = i < 150 ? now : now - 3600.0;
    EXPECT_TRUE(check.usable("Image", stamp, now));
    EXPECT_TRUE(check.usable("ProbeToTracker", stamp - 0.02, now + 0.001))
        << "of another device, a little older";
  }
}

}  // namespace
}  // namespace acuguide::acquisition
