#include "core/clock.h"
#include "recording/recorder.h"
#include "recording/session_check.h"
#include "recording/session_samples.h"
#include "recording/session_source.h"
#include "recording/small_disk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <thread>

namespace acuguide::recording {
namespace {

using samples::TemporaryFolder;
using testing::HasSubstr;
using testing::IsEmpty;

/// A large picture that no codec makes small.
std::shared_ptr<navigation::GuidanceSnapshot> largeSnapshot(std::int64_t index) {
  auto snapshot = samples::snapshot(index);
  auto frame = std::make_shared<Frame>(*snapshot->frame);
  frame->pixels = samples::picture(index, {640, 480});
  snapshot->frame = frame;
  return snapshot;
}

class FullDisk : public testing::TestWithParam<std::uintmax_t> {};

/// 64 MiB, filled by the recording itself: stopped in time (16 MiB kept free), and stopped by the disk (none
/// kept). Whoever guides hears an alarm and goes on: offer() never waits.
TEST_P(FullDisk, RaisesAnAlarmAndLeavesASessionThatOpens) {
  const TemporaryFolder folder;
  const test::SmallDisk disk(folder / "disk", 64);
  if (!disk.mounted()) GTEST_SKIP() << "this user may not mount a tmpfs";
  RecorderOptions options;
  options.writer.minimumFreeBytes = GetParam();
  RecorderStatus status;
  bool warned = false;
  {
    Recorder recorder(disk.path() / "session", options);
    std::int64_t offered = 0;
    double longest = 0.0;
    while (!recorder.status().failed && offered < 2000) {
      const auto snapshot = largeSnapshot(offered++);
      const double start = monotonicSeconds();
      recorder.offer(snapshot);
      longest = std::max(longest, monotonicSeconds() - start);
      const auto alarm = recorder.alarm();
      warned = warned || (alarm && alarm->detail.find("will be full") != std::string::npos);
      while (recorder.status().framesWritten + 20 < offered && !recorder.status().failed)
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    ASSERT_TRUE(recorder.alarm());
    EXPECT_EQ(recorder.alarm()->priority, navigation::AlarmPriority::High);
    EXPECT_LT(longest, 1.0) << "offering waited for the disk";
    for (int i = 0; i < 50; ++i) recorder.offer(largeSnapshot(offered++));  // guidance goes on
    status = recorder.finish();
    EXPECT_EQ(status.framesWritten + status.framesDropped, offered);
  }
  EXPECT_TRUE(status.failed);
  EXPECT_TRUE(warned) << "nobody said beforehand that the disk would be full";
  EXPECT_GT(status.framesCommitted, 100);

  SessionSource source(disk.path() / "session", "full");
  EXPECT_GE(*source.info().frameCount, status.framesCommitted);
  source.seek(*source.info().frameCount - 1);
  const auto last = source.read();
  ASSERT_TRUE(last);
  EXPECT_TRUE(samples::samePixels(last->pixels, largeSnapshot(last->index)->frame->pixels));
  EXPECT_THAT(checkSession(disk.path() / "session").problems, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(KeptFree, FullDisk, testing::Values(std::uintmax_t{16} << 20, std::uintmax_t{0}));

}  // namespace
}  // namespace acuguide::recording
