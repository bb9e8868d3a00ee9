#include "imaging/needle/needle_memory.h"

#include <gtest/gtest.h>

namespace acuguide::imaging {
namespace {

const Eigen::Vector2d kTip(300, 220), kTail(20, 100);

TEST(NeedleMemory, SupportsANeedleSeenAMomentAgo) {
  NeedleMemory memory;
  memory.begin(0.0, 2.0);
  EXPECT_DOUBLE_EQ(memory.confidence(0.3, kTip, kTail), 0.3);
  memory.note(0.95, kTip, kTail);
  memory.begin(0.05, 2.0);
  const Eigen::Vector2d moved(4, 2);
  EXPECT_GT(memory.confidence(0.3, kTip + moved, kTail), 0.6);
  EXPECT_DOUBLE_EQ(memory.confidence(0.0, kTip, kTail), 0.0);
}

TEST(NeedleMemory, KeepsAStillNeedleAsLongAsItShowsNow) {
  NeedleMemory memory;
  memory.begin(0.0, 2.0);
  memory.note(0.97, kTip, kTail);
  for (int i = 1; i < 100; ++i) {
    memory.begin(0.04 * i, 2.0);
    const double confidence = memory.confidence(0.45, kTip, kTail);
    ASSERT_GE(confidence, 0.5) << i;
    memory.note(confidence, kTip, kTail);
  }
}

TEST(NeedleMemory, SupportsNothingElse) {
  NeedleMemory memory;
  memory.begin(0.0, 2.0);
  memory.note(0.95, kTip, kTail);
  memory.note(0.3, {500, 400}, {300, 380});  // never sure
  memory.begin(0.05, 2.0);
  const Eigen::Vector2d aside(0, 60);
  EXPECT_DOUBLE_EQ(memory.confidence(0.3, kTip + aside, kTail + aside), 0.3);
  EXPECT_DOUBLE_EQ(memory.confidence(0.3, {300, 100}, {20, 220}), 0.3);
  EXPECT_DOUBLE_EQ(memory.confidence(0.3, {500, 400}, {300, 380}), 0.3);
}

TEST(NeedleMemory, ForgetsWithTimeAndOnReset) {
  NeedleMemory memory;
  memory.begin(10.0, 2.0);
  memory.note(0.95, kTip, kTail);
  memory.begin(10.6, 2.0);
  EXPECT_DOUBLE_EQ(memory.confidence(0.3, kTip, kTail), 0.3);
  memory.note(0.95, kTip, kTail);
  memory.reset();
  memory.begin(10.7, 2.0);
  EXPECT_DOUBLE_EQ(memory.confidence(0.3, kTip, kTail), 0.3);
}

}  // namespace
}  // namespace acuguide::imaging
