#include "core/stream_clock.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace acuguide {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

Frame frameAt(std::int64_t index, double time, std::int64_t epoch = 0, cv::Size size = {64, 48}) {
  Frame frame;
  frame.pixels = cv::Mat(size, CV_8UC1, cv::Scalar(0));
  frame.index = index;
  frame.time = time;
  frame.epoch = epoch;
  return frame;
}

bool follows(const Frame& before, const Frame& now) {
  return continues(FrameMoment(before), FrameMoment(now));
}

TEST(StreamClock, OneRuleSaysWhatContinues) {
  const Frame before = frameAt(10, 5.0);
  EXPECT_TRUE(follows(before, frameAt(11, 5.04)));
  EXPECT_TRUE(follows(before, frameAt(30, 6.0))) << "frames may be skipped";
  EXPECT_TRUE(follows(before, before)) << "the same frame again";
  EXPECT_FALSE(follows(before, frameAt(11, 6.01))) << "a gap of more than a second";
  EXPECT_FALSE(follows(before, frameAt(11, 4.99))) << "a clock that went back";
  EXPECT_FALSE(follows(before, frameAt(11, 5.0))) << "no time has passed between two frames";
  EXPECT_FALSE(follows(before, frameAt(9, 4.96))) << "a step back in a recording";
  EXPECT_FALSE(follows(before, frameAt(11, 5.04, 1)));
  EXPECT_FALSE(follows(before, frameAt(11, 5.04, 0, {128, 96})));
}

TEST(StreamClock, FollowsStampsWhileTheyGoForward) {
  StreamClock clock;
  for (int i = 0; i < 300; ++i) {
    const auto moment = clock.place(1.7e9 + i / 30.0, 100.0 + i / 30.0 + 0.01 * (i % 3));
    EXPECT_DOUBLE_EQ(moment.time, 1.7e9 + i / 30.0);
    EXPECT_EQ(moment.epoch, 0);
  }
  EXPECT_TRUE(clock.usable());
}

/// Frames 30 a second whose stamps jump by `jump` at frame 100; the time line from there on.
void goesOnAfter(double jump, int epochs) {
  StreamClock clock;
  StreamClock::Moment moment;
  double last = 0;
  for (int i = 0; i < 200; ++i) {
    moment = clock.place(1000 + i / 30.0 + (i >= 100 ? jump : 0.0), 50 + i / 30.0);
    if (i > 0) {
      EXPECT_NEAR(moment.time - last, 1 / 30.0, 1e-6) << jump << ", frame " << i;
    }
    last = moment.time;
  }
  EXPECT_EQ(moment.epoch, epochs) << jump;
  EXPECT_TRUE(clock.usable());
}

TEST(StreamClock, AClockThatIsSetBackBeginsAnEpochAndTimeGoesOnAtItsPace) {
  goesOnAfter(-3600, 1);
  goesOnAfter(-0.3, 1);
  goesOnAfter(-0.05, 0);  // out of order
}

TEST(StreamClock, AClockThatIsSetForwardOrAGapBeginsAnEpoch) {
  StreamClock clock;
  clock.place(10.0, 1.0);
  EXPECT_EQ(clock.place(10.04, 1.04).epoch, 0);
  EXPECT_EQ(clock.place(3610.08, 1.08).epoch, 1);
  EXPECT_EQ(clock.place(3612.08, 3.08).epoch, 2);
}

TEST(StreamClock, WithoutStampsArrivalsCount) {
  StreamClock clock;
  const double first = clock.place(kNone, 7.0).time;
  EXPECT_NEAR(clock.place(kNone, 7.04).time - first, 0.04, 1e-9);
  EXPECT_NEAR(clock.place(kNone, 7.30).time - first, 0.30, 1e-9);
  EXPECT_EQ(clock.place(kNone, 9.30).epoch, 1);
}

TEST(StreamClock, StampsThatStandStillCannotStopTime) {
  StreamClock clock;
  double first = 0, last = 0;
  for (int i = 0; i < 120; ++i) {
    last = clock.place(1000.0 + (i >= 30 ? 30 / 30.0 : i / 30.0), 50 + i / 30.0).time;
    if (i == 30) first = last;
  }
  EXPECT_NEAR(last - first, 89 / 30.0, 0.01) << "what is gone must be gone after its time";
  EXPECT_FALSE(clock.usable());
}

TEST(StreamClock, StampsThatCrawlOrFallBackAgainAndAgainAreOfNoUse) {
  StreamClock crawling, falling;
  double crawled = 0;
  for (int i = 0; i < 300; ++i) {
    crawled = crawling.place(1000 + i * 1e-6, i / 30.0).time;
    falling.place(1000 + std::fmod(i / 30.0, 1.0), i / 30.0);
  }
  EXPECT_FALSE(crawling.usable());
  EXPECT_GT(crawled - 1000, 8.5) << "of ten seconds";
  EXPECT_FALSE(falling.usable());
}

TEST(StreamClock, ABurstAfterAStallIsNoFaultOfTheClock) {
  StreamClock clock;
  for (int i = 0; i < 300; ++i) {
    const double made = i / 30.0;
    const double arrival = made < 3.0 || made > 3.9 ? made : 3.9 + 0.001 * i;  // held back, then all at once
    clock.place(500 + made, 20 + std::max(arrival, made));
  }
  EXPECT_TRUE(clock.usable());
}

}  // namespace
}  // namespace acuguide
