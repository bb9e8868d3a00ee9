#include "acquisition/stream/feed.h"

#include "acquisition/fake_sources.h"
#include "acquisition/source_catalog.h"
#include "acquisition/test_frames.h"
#include "core/clock.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace acuguide::acquisition {
namespace {

using namespace std::chrono_literals;

constexpr auto kSoon = 20s;  // an upper bound that only a hang reaches

template <class Condition>
bool eventually(const Condition& condition) {
  const auto end = std::chrono::steady_clock::now() + kSoon;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(2ms);
  }
  return true;
}

bool becomes(const Feed& feed, Connection connection) {
  return eventually([&] { return feed.status().connection == connection; });
}

FeedOptions quickOptions() { return {.silenceSeconds = 0.05, .reconnectSeconds = 0.02}; }

FeedOptions patientOptions() { return {.silenceSeconds = 60.0, .reconnectSeconds = 0.02}; }

TEST(Feed, HandsOverTheNewestFrameAndCountsTheRest) {
  const auto puppet = std::make_shared<Puppet>();
  Feed feed("puppet", Puppet::opener(puppet), patientOptions());
  for (const int picture : {1, 2, 2, 3}) puppet->push(picture);
  ASSERT_TRUE(eventually([&] { return feed.status().delivered == 4; }));
  const auto frame = feed.take(0ms);
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->index, 3);
  EXPECT_TRUE(samePicture(frame->pixels, noisePicture(3)));
  EXPECT_FALSE(feed.take(1ms)) << "each frame is handed over once";
  const StreamStatus status = feed.status();
  EXPECT_EQ(status.connection, Connection::Running);
  EXPECT_EQ(status.skipped, 3);
  EXPECT_EQ(status.repeated, 1);
  EXPECT_EQ(status.lastArrival, frame->arrival);
  EXPECT_TRUE(status.source.live);
}

TEST(Feed, TakeWaitsForAFrame) {
  const auto puppet = std::make_shared<Puppet>();
  Feed feed("puppet", Puppet::opener(puppet), patientOptions());
  std::thread later([&] {
    std::this_thread::sleep_for(20ms);
    puppet->push(1);
  });
  EXPECT_TRUE(feed.take(kSoon));
  later.join();
}

TEST(Feed, NoticesSilenceAndRecoversWhenThePicturesComeAgain) {
  const auto puppet = std::make_shared<Puppet>();
  Feed feed("puppet", Puppet::opener(puppet), quickOptions());
  puppet->push(1);
  ASSERT_TRUE(becomes(feed, Connection::Lost));
  EXPECT_THAT(feed.status().message, testing::HasSubstr("puppet: no picture comes"));
  ASSERT_TRUE(eventually([&] { return puppet->opened() > 1; })) << "it is opened again";
  EXPECT_TRUE(eventually([&] {
    puppet->push(2);
    return feed.status().connection == Connection::Running && feed.status().reconnections > 0;
  }));
  EXPECT_TRUE(feed.status().message.empty() || feed.status().connection == Connection::Lost);
}

TEST(Feed, ReconnectsToASourceThatWentAwayAndCameBack) {
  const auto puppet = std::make_shared<Puppet>();
  Feed feed("puppet", Puppet::opener(puppet), patientOptions());
  for (int i = 0; i < 3; ++i) puppet->push(i);
  ASSERT_TRUE(eventually([&] { return feed.status().delivered == 3; }));
  const auto before = feed.take(0ms);
  puppet->goAway();
  ASSERT_TRUE(becomes(feed, Connection::Lost));
  EXPECT_TRUE(eventually([&] { return feed.status().message.find("is not there") != std::string::npos; }));
  puppet->comeBack();
  puppet->push(7);
  const auto after = feed.take(kSoon);
  ASSERT_TRUE(after);
  EXPECT_TRUE(samePicture(after->pixels, noisePicture(7)));
  EXPECT_EQ(after->index, before->index + 1) << "one stream, although the source counts from 0 again";
  EXPECT_GT(after->time, before->time);
  EXPECT_EQ(feed.status().reconnections, 1);
  EXPECT_EQ(feed.status().connection, Connection::Running);
  EXPECT_TRUE(feed.status().message.empty());
}

TEST(Feed, WaitsForASourceThatIsNotThereYet) {
  const auto puppet = std::make_shared<Puppet>();
  puppet->goAway();
  Feed feed("puppet", Puppet::opener(puppet), patientOptions());
  ASSERT_TRUE(becomes(feed, Connection::Lost));
  puppet->comeBack();
  puppet->push(1);
  EXPECT_TRUE(feed.take(kSoon));
  EXPECT_EQ(feed.status().reconnections, 0) << "it came for the first time";
}

TEST(Feed, AReadThatBlocksForEverBlocksNobody) {
  const auto puppet = std::make_shared<Puppet>();
  puppet->heedInterrupts(false);
  {
    Feed feed("puppet", Puppet::opener(puppet), quickOptions());
    puppet->push(1);
    EXPECT_TRUE(feed.take(kSoon));
    ASSERT_TRUE(becomes(feed, Connection::Lost));
    EXPECT_FALSE(feed.take(1ms));
    ASSERT_TRUE(eventually([&] { return puppet->opened() == 4; })) << "tries again beside the stuck thread";
    EXPECT_EQ(puppet->destroyed(), 0) << "all of them are stuck";
  }
  EXPECT_LE(puppet->opened(), 4) << "but does not pile up threads";
  puppet->release();
  EXPECT_TRUE(eventually([&] { return puppet->destroyed() == puppet->opened(); }))
      << "threads left behind clean up";
}

TEST(Feed, AnOpenThatBlocksForEverBlocksNobody) {
  struct Gate {
    std::mutex mutex;
    std::condition_variable opened;
    bool open = false;
    std::atomic<bool> passed = false;
  };
  const auto gate = std::make_shared<Gate>();
  {
    Feed feed("stuck", [gate](const std::string&) -> std::unique_ptr<FrameSource> {
      std::unique_lock lock(gate->mutex);
      gate->opened.wait(lock, [&] { return gate->open; });
      gate->passed = true;
      return std::make_unique<Recording>(1);
    });
    EXPECT_FALSE(feed.take(1ms));
    EXPECT_EQ(feed.status().connection, Connection::Connecting);
  }
  EXPECT_FALSE(gate->passed);
  {
    const std::scoped_lock lock(gate->mutex);
    gate->open = true;
    gate->opened.notify_all();
  }
  EXPECT_TRUE(eventually([&] { return gate->passed.load(); }));
}

TEST(Feed, AFileThatIsNotOneFails) {
  Feed feed("letter.mp4", [](const std::string& name) -> std::unique_ptr<FrameSource> {
    throw Error(name, "is not a video", "give one");
  });
  ASSERT_TRUE(becomes(feed, Connection::Failed));
  EXPECT_EQ(feed.status().message, "letter.mp4: is not a video; give one");
}

TEST(Feed, PlaysARecordingToItsEnd) {
  Feed feed("recording", [](const std::string&) { return std::make_unique<Recording>(20); });
  std::int64_t last = -1;
  double lastTime = 0.0, start = monotonicSeconds();
  while (const auto frame = feed.take(feed.status().connection == Connection::Ended ? 0ms : 1000ms)) {
    EXPECT_GT(frame->index, last);
    EXPECT_GT(frame->time, lastTime);
    EXPECT_GE(frame->arrival, start + static_cast<double>(frame->index) * 0.01 - 0.001)
        << "not before it is due";
    last = frame->index;
    lastTime = frame->time;
  }
  EXPECT_EQ(last, 19);
  EXPECT_TRUE(becomes(feed, Connection::Ended));
  EXPECT_EQ(feed.status().delivered, 20);
  EXPECT_EQ(feed.status().source.frameCount, 20);
}

TEST(Feed, SeeksStepsAndPausesARecording) {
  Feed feed("recording", [](const std::string&) { return std::make_unique<Recording>(1000, true, 0.005); });
  ASSERT_TRUE(feed.take(kSoon));
  feed.setPaused(true);
  EXPECT_TRUE(feed.paused());
  const auto indexAfter = [&](const auto& action) -> std::int64_t {
    std::this_thread::sleep_for(20ms);
    feed.take(0ms);  // what was under way
    action();
    const auto frame = feed.take(kSoon);
    return frame ? frame->index : -1;
  };
  EXPECT_EQ(indexAfter([&] { feed.seek(500); }), 500) << "also while paused";
  EXPECT_FALSE(feed.take(30ms)) << "and stays there";
  EXPECT_EQ(indexAfter([&] { feed.step(1); }), 501);
  EXPECT_EQ(indexAfter([&] { feed.step(-1); }), 500);
  EXPECT_EQ(indexAfter([&] { feed.step(-10); }), 490);
  EXPECT_EQ(indexAfter([&] { feed.step(5); }), 495);
  EXPECT_EQ(indexAfter([&] { feed.step(-100000); }), 0);
  EXPECT_EQ(indexAfter([&] { feed.seek(100000); }), 999) << "beyond the end is the last frame";
  EXPECT_EQ(indexAfter([&] { feed.seek(10); }), 10);
  feed.setPaused(false);
  EXPECT_GT(feed.take(kSoon)->index, 10);
}

TEST(Feed, StepsARecordingThatCannotSeek) {
  Feed feed("recording", [](const std::string&) { return std::make_unique<Recording>(1000, false, 0.005); });
  ASSERT_TRUE(feed.take(kSoon));
  feed.setPaused(true);
  std::this_thread::sleep_for(20ms);
  feed.take(0ms);
  const std::int64_t before = feed.status().delivered;
  feed.step(1);
  feed.seek(3);  // ignored
  ASSERT_TRUE(feed.take(kSoon));
  EXPECT_EQ(feed.status().delivered, before + 1);
}

TEST(Feed, PlaysAgainAfterItsEnd) {
  Feed feed("recording", [](const std::string&) { return std::make_unique<Recording>(3); });
  ASSERT_TRUE(becomes(feed, Connection::Ended));
  feed.take(0ms);
  feed.seek(0);
  ASSERT_TRUE(feed.take(kSoon));
  ASSERT_TRUE(eventually([&] { return feed.status().delivered == 6; }));
  EXPECT_TRUE(becomes(feed, Connection::Ended));
}

TEST(Feed, Loops) {
  for (const bool seekable : {true, false}) {
    Feed feed("recording",
              [seekable](const std::string&) { return std::make_unique<Recording>(3, seekable, 0.001); },
              {.loop = true});
    EXPECT_TRUE(eventually([&] { return feed.status().delivered > 12; })) << seekable;
    EXPECT_NE(feed.status().connection, Connection::Ended);
    EXPECT_EQ(feed.status().reconnections, 0);
  }
}

TEST(Feed, KeepsTheFramesBeforeARecordingBreaksOff) {
  Feed feed("recording", [](const std::string&) { return std::make_unique<Recording>(100, true, 0.001, 5); });
  ASSERT_TRUE(becomes(feed, Connection::Failed));
  EXPECT_EQ(feed.status().delivered, 5);
  EXPECT_EQ(feed.status().message, "recording: is cut short; copy it again");
  feed.take(0ms);
  feed.seek(2);
  ASSERT_TRUE(feed.take(kSoon));
}

TEST(Feed, ChangesSpeed) {
  Feed feed("recording", [](const std::string&) { return std::make_unique<Recording>(100, true, 3.0); });
  ASSERT_TRUE(feed.take(kSoon));
  EXPECT_FALSE(feed.take(50ms)) << "the next is three seconds away";
  feed.setSpeed(1000.0);  // no more than 8
  const auto second = feed.take(kSoon);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->index, 1);
}

TEST(Feed, PlaysAPipelineThatEnds) {
  Feed feed("gst:videotestsrc num-buffers=20 ! video/x-raw,framerate=100/1,width=32,height=32",
            [](const std::string& source) { return standardSources().open(source); });
  EXPECT_TRUE(feed.take(kSoon));
  EXPECT_TRUE(becomes(feed, Connection::Ended));
  EXPECT_EQ(feed.status().delivered, 20);
}

TEST(Feed, OpensAPipelineAgainThatFailed) {
  Feed feed("gst:videotestsrc ! video/x-raw,framerate=100/1,width=32,height=32 ! identity error-after=10",
            [](const std::string& source) { return standardSources().open(source); },
            {.reconnectSeconds = 0.02});
  ASSERT_TRUE(eventually([&] { return feed.status().reconnections >= 2; }));
  std::int64_t last = -1;
  for (int i = 0; i < 3; ++i) {
    const auto frame = feed.take(kSoon);
    ASSERT_TRUE(frame);
    EXPECT_GT(frame->index, last);
    last = frame->index;
  }
}

TEST(Feed, RefusesABadPipelineForGood) {
  Feed feed("gst:nosuchelement", [](const std::string& source) { return standardSources().open(source); });
  ASSERT_TRUE(becomes(feed, Connection::Failed));
  EXPECT_THAT(feed.status().message, testing::HasSubstr("nosuchelement"));
}

}  // namespace
}  // namespace acuguide::acquisition
