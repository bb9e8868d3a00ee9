#include "recording/recorder.h"

#include "core/clock.h"
#include "core/error.h"
#include "database/sql_connection.h"
#include "patience.h"
#include "recording/session_check.h"
#include "recording/session_record.h"
#include "recording/session_samples.h"
#include "recording/session_source.h"

#include <QtCore/QVariant>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace acuguide::recording {
namespace {

using samples::samePixels;
using samples::TemporaryFolder;
using testing::Contains;
using testing::HasSubstr;
using testing::ThrowsMessage;

/// A queue that holds all a test offers, however slow the machine.
RecorderOptions patient() {
  RecorderOptions options;
  options.queueFrames = 10000;
  options.writer.source = "sim:test";
  options.writer.options = {{"probe", "top"}};
  return options;
}

std::vector<std::string> valuesOf(const std::filesystem::path& session, const std::string& sql) {
  database::SqlConnection connection(databaseOf(session), database::SqlConnection::Access::ReadOnly);
  QSqlQuery rows = connection.run(sql);
  std::vector<std::string> values;
  while (rows.next()) values.push_back(rows.value(0).toString().toStdString());
  return values;
}

void expectSameFrame(const Frame& recorded, std::int64_t index, bool colour) {
  const std::shared_ptr<const Frame> original = samples::frame(index, colour);
  EXPECT_EQ(recorded.index, index);
  EXPECT_TRUE(samePixels(recorded.pixels, original->pixels)) << index;
  EXPECT_EQ(recorded.time, original->time);
  EXPECT_EQ(recorded.geometry.spacingMm, original->geometry.spacingMm);
  ASSERT_EQ(recorded.poses.size(), original->poses.size());
  for (std::size_t i = 0; i < recorded.poses.size(); ++i) {
    EXPECT_EQ(recorded.poses[i].name(), original->poses[i].name());
    EXPECT_EQ(recorded.poses[i].valid, original->poses[i].valid);
    EXPECT_EQ(recorded.poses[i].matrix, original->poses[i].matrix);
  }
}

class RecordedPictures : public testing::TestWithParam<bool> {};

TEST_P(RecordedPictures, ComeBackExactlyWithTimesScaleAndPoses) {
  const TemporaryFolder folder;
  constexpr std::int64_t count = 75;
  Recorder recorder(folder / "session", patient());
  for (std::int64_t i = 0; i < count; ++i) recorder.offer(samples::snapshot(i, GetParam()));
  const RecorderStatus status = recorder.finish();
  EXPECT_FALSE(status.failed) << status.message;
  EXPECT_EQ(status.framesWritten, count);
  EXPECT_EQ(status.framesCommitted, count);
  EXPECT_EQ(status.framesDropped, 0);
  EXPECT_NEAR(status.seconds, samples::timeOf(count - 1) - samples::timeOf(0), 0.002);
  EXPECT_FALSE(recorder.alarm());

  SessionSource source(folder / "session", "session");
  EXPECT_EQ(source.info().frameCount, count);
  EXPECT_FALSE(source.info().live);
  EXPECT_NEAR(*source.info().nominalFramesPerSecond, 30.0, 0.2);
  for (std::int64_t i = 0; i < count; ++i) {
    const std::optional<Frame> frame = source.read();
    ASSERT_TRUE(frame);
    expectSameFrame(*frame, i, GetParam());
  }
  EXPECT_FALSE(source.read());
  for (const std::int64_t i : {count - 1, std::int64_t{0}, count / 2, count / 2 + 1, std::int64_t{3}}) {
    source.seek(i);
    expectSameFrame(*source.read(), i, GetParam());
  }
}

INSTANTIATE_TEST_SUITE_P(GreyAndColour, RecordedPictures, testing::Bool());

TEST(Recorder, KeepsWhatWasSeenAndWhatHappened) {
  const TemporaryFolder folder;
  Recorder recorder(folder / "session", patient());
  auto plan = std::make_shared<planning::Plan>();
  plan->name = "ST36 left";
  plan->acupoint = "ST36";
  plan->target = planning::TargetAtPixel{{60, 40}};
  for (std::int64_t i = 0; i < 6; ++i) {
    auto snapshot = samples::snapshot(i);
    if (i >= 2) snapshot->plan = plan;
    if (i >= 2) snapshot->guidance = samples::guidance();
    if (i == 5) snapshot->needle.state = tracking::NeedleState::None;
    recorder.offer(snapshot);
  }
  recorder.note({"bookmark", "fascia reached"});
  const RecorderStatus status = recorder.finish();
  ASSERT_FALSE(status.failed) << status.message;

  const auto session = folder / "session";
  EXPECT_THAT(valuesOf(session, "SELECT value FROM meta WHERE key='source'"), Contains("sim:test"));
  EXPECT_THAT(valuesOf(session, "SELECT value FROM meta WHERE key='option.probe'"), Contains("top"));
  EXPECT_THAT(valuesOf(session, "SELECT value FROM meta WHERE key='complete'"), Contains("yes"));
  EXPECT_THAT(valuesOf(session, "SELECT count(*) FROM observation WHERE state='observed' AND tip_x_px=50"),
              Contains("5"));
  EXPECT_THAT(valuesOf(session, "SELECT tip_x_px FROM observation WHERE frame=5"), Contains(""));
  EXPECT_THAT(valuesOf(session, "SELECT count(*) FROM guidance WHERE state='on_course' AND danger_mm=5.6"),
              Contains("4"));
  EXPECT_THAT(valuesOf(session, "SELECT vertices FROM plane WHERE frame=0 AND position=1"),
              Contains("[[8,40,39,41]]"));
  EXPECT_THAT(valuesOf(session, "SELECT json_extract(json,'$.name') FROM plan"), Contains("ST36 left"));
  EXPECT_THAT(valuesOf(session, "SELECT kind||' '||detail||' '||frame FROM event ORDER BY id"),
              testing::ElementsAre("needle observed 0", "guidance none 0", "picture none 0",
                                   "target_set pixel 60, 40 2", "plan ST36 left 2", "guidance on_course 2",
                                   "needle none 5", "bookmark fascia reached 5"));
  EXPECT_EQ(planning::readPlan(session / "plan.json").name, "ST36 left");
  EXPECT_FALSE(std::filesystem::exists(session / "session.sqlite-wal"));
}

TEST(Recorder, APlanThatCannotBeSavedDoesNotEndTheRecording) {
  const TemporaryFolder folder;
  Recorder recorder(folder / "session", patient());
  auto snapshot = samples::snapshot(0);
  auto plan = std::make_shared<planning::Plan>();
  plan->acupoint = "nowhere";
  snapshot->plan = plan;
  recorder.offer(snapshot);
  const RecorderStatus status = recorder.finish();
  EXPECT_FALSE(status.failed) << status.message;
  EXPECT_EQ(status.framesWritten, 1);
  EXPECT_THAT(valuesOf(folder / "session", "SELECT detail FROM event WHERE kind='plan_not_saved'"),
              Contains(HasSubstr("acupoint")));
}

TEST(Recorder, WithoutAnalysisThereAreOnlyFrames) {
  const TemporaryFolder folder;
  RecorderOptions options = patient();
  options.writer.analysis = false;
  Recorder recorder(folder / "session", options);
  recorder.offer(samples::snapshot(0));
  recorder.finish();
  EXPECT_THAT(valuesOf(folder / "session", "SELECT count(*) FROM frame"), Contains("1"));
  EXPECT_THAT(valuesOf(folder / "session", "SELECT count(*) FROM observation"), Contains("0"));
}

TEST(Recorder, TheSameFrameTwiceIsOneFrame) {
  const TemporaryFolder folder;
  Recorder recorder(folder / "session", patient());
  auto snapshot = samples::snapshot(0);
  recorder.offer(snapshot);
  auto again = std::make_shared<navigation::GuidanceSnapshot>(*snapshot);
  again->guidance = samples::guidance();
  recorder.offer(again);
  EXPECT_EQ(recorder.finish().framesWritten, 1);
  EXPECT_THAT(valuesOf(folder / "session", "SELECT detail FROM event WHERE kind='guidance'"),
              Contains("on_course"));
}

TEST(Recorder, AFullQueueDropsAndCounts) {
  const TemporaryFolder folder;
  RecorderOptions options = patient();
  options.queueBytes = 1;  // no picture ever fits
  Recorder recorder(folder / "session", options);
  for (std::int64_t i = 0; i < 20; ++i) recorder.offer(samples::snapshot(i));
  ASSERT_TRUE(recorder.alarm());
  EXPECT_EQ(recorder.alarm()->kind, navigation::AlarmKind::RecordingFailed);
  EXPECT_EQ(recorder.alarm()->priority, navigation::AlarmPriority::Medium);
  EXPECT_EQ(recorder.alarm()->detail, computerTooBusy) << "nothing waits for the disk here";
  std::this_thread::sleep_for(std::chrono::milliseconds(600));
  const RecorderStatus status = recorder.finish();
  EXPECT_FALSE(status.failed);
  EXPECT_THAT(valuesOf(folder / "session", "SELECT detail FROM event WHERE kind='alarm_on'"),
              Contains("recording_skips: computer too busy"));
  EXPECT_EQ(status.framesDropped, 20);
  EXPECT_EQ(status.framesWritten, 0);
}

TEST(Recorder, NothingIsLostUncounted) {
  const TemporaryFolder folder;
  RecorderOptions options = patient();
  options.queueFrames = 2;
  Recorder recorder(folder / "session", options);
  constexpr std::int64_t count = 200;
  for (std::int64_t i = 0; i < count; ++i) recorder.offer(samples::snapshot(i));
  const RecorderStatus status = recorder.finish();
  EXPECT_EQ(status.framesWritten + status.framesDropped, count);
  EXPECT_EQ(*SessionSource(folder / "session", "s").info().frameCount, status.framesWritten);
}

TEST(Recorder, APictureOfAnotherSizeEndsTheRecordingAndKeepsWhatThereIs) {
  const TemporaryFolder folder;
  RecorderOptions options = patient();
  Recorder recorder(folder / "session", options);
  for (std::int64_t i = 0; i < 5; ++i) recorder.offer(samples::snapshot(i));
  auto other = samples::snapshot(5);
  auto larger = std::make_shared<Frame>(*other->frame);
  larger->pixels = samples::picture(5, {128, 64});
  other->frame = larger;
  recorder.offer(other);
  recorder.offer(samples::snapshot(6));
  const RecorderStatus status = recorder.finish();
  EXPECT_TRUE(status.failed);
  EXPECT_THAT(status.message, HasSubstr("128x64"));
  EXPECT_EQ(recorder.alarm()->priority, navigation::AlarmPriority::High);
  EXPECT_EQ(*SessionSource(folder / "session", "s").info().frameCount, 5);
  EXPECT_THAT(valuesOf(folder / "session", "SELECT kind FROM event"), Contains("recording_failed"));
}

/// While it lives, no file of this process grows beyond `bytes`: what a full disk is to the writer.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : signal_(::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, signal_);
  }

 private:
  rlimit before_{};
  sighandler_t signal_;
};

TEST(Recorder, ADiskThatFillsUpEndsTheRecordingAndKeepsWhatThereIs) {
  const TemporaryFolder folder;
  RecorderOptions options = patient();
  options.commitSeconds = 0.0;
  RecorderStatus status;
  {
    Recorder recorder(folder / "session", options);
    const FileSizeLimit limit(400'000);
    for (std::int64_t i = 0; i < 150; ++i) recorder.offer(samples::snapshot(i));
    status = recorder.finish();
    ASSERT_TRUE(recorder.alarm());
    EXPECT_EQ(recorder.alarm()->priority, navigation::AlarmPriority::High);
  }
  EXPECT_TRUE(status.failed);
  EXPECT_THAT(status.message, HasSubstr((folder / "session").string()));
  EXPECT_GT(status.framesCommitted, 0);

  SessionSource source(folder / "session", "full");
  EXPECT_GE(*source.info().frameCount, status.framesCommitted);
  for (std::int64_t i = 0; i < *source.info().frameCount; ++i) expectSameFrame(*source.read(), i, false);
}

TEST(Recorder, RefusesAFolderItCannotUse) {
  const TemporaryFolder folder;
  std::ofstream(folder / "file") << "kept";
  EXPECT_THAT([&] { Recorder recorder(folder.path()); }, ThrowsMessage<Error>(HasSubstr("is there already")));
  EXPECT_THAT([&] { Recorder recorder(folder / "file/session"); },
              ThrowsMessage<Error>(HasSubstr("record to a folder you may write to")));
  RecorderOptions demanding;
  demanding.writer.minimumFreeBytes = std::uintmax_t{1} << 62;
  EXPECT_THAT([&] { Recorder recorder(folder / "session", demanding); },
              ThrowsMessage<Error>(HasSubstr("the disk is full")));
}

/// The program recording_victim, which records sample frames until it is killed.
class Victim {
 public:
  explicit Victim(const std::filesystem::path& session) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    std::string program = ACUGUIDE_BINARY_DIR "/session_recording_victim", argument = session.string();
    char* arguments[] = {program.data(), argument.data(), nullptr};
    const int failed = posix_spawn(&pid_, program.c_str(), &actions, nullptr, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    output_ = fdopen(ends[0], "r");
    if (failed != 0) throw std::runtime_error("cannot start " + program);
  }
  ~Victim() {
    kill();
    fclose(output_);
  }

  /// Waits until it says that at least `frames` frames are committed; what it said last, or -1 when it ended.
  std::int64_t waitFor(std::int64_t frames) {
    long long committed = -1;
    while (committed < frames) {
      if (fscanf(output_, "%lld", &committed) != 1) return -1;
    }
    return committed;
  }

  void kill() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    pid_ = -1;
  }

 private:
  pid_t pid_ = -1;
  FILE* output_ = nullptr;
};

TEST(Recorder, KilledAtAnyMomentTheSessionOpensWithAllThatWasCommitted) {
  for (const std::int64_t frames : {1, 20, 45}) {
    const TemporaryFolder folder;
    Victim victim(folder / "session");
    const std::int64_t committed = victim.waitFor(frames);
    victim.kill();
    ASSERT_GE(committed, frames);

    const SessionCheck check = checkSession(folder / "session");
    EXPECT_THAT(check.problems, testing::IsEmpty());
    EXPECT_GE(check.pictures, committed);
    SessionSource source(folder / "session", "killed");
    const std::int64_t count = *source.info().frameCount;
    EXPECT_GE(count, committed);
    for (std::int64_t i = 0; i < count; ++i) expectSameFrame(*source.read(), i, false);
    EXPECT_FALSE(source.read());
    source.seek(count / 2);
    expectSameFrame(*source.read(), count / 2, false);
    EXPECT_THAT(valuesOf(folder / "session", "SELECT value FROM meta WHERE key='complete'"), Contains("no"));
  }
}

TEST(Recorder, ADiscontinuityIsAnEventAndTheSessionKnowsIt) {
  const TemporaryFolder folder;
  {
    Recorder recorder(folder / "session", patient());
    for (int i = 0; i < 30; ++i) {
      auto snapshot = std::make_shared<navigation::GuidanceSnapshot>(*samples::snapshot(i));
      Frame frame = *snapshot->frame;
      frame.epoch = i >= 10 ? 1 : 0;
      frame.time += i >= 20 ? 3.0 : 0.0;
      snapshot->frame = std::make_shared<const Frame>(frame);
      recorder.offer(snapshot);
    }
    EXPECT_FALSE(recorder.finish().failed);
  }
  const auto frames =
      valuesOf(folder / "session", "SELECT frame FROM event WHERE kind='discontinuity' ORDER BY id");
  EXPECT_EQ(frames, (std::vector<std::string>{"10", "20"}));
  const auto details =
      valuesOf(folder / "session", "SELECT detail FROM event WHERE kind='discontinuity' ORDER BY id");
  ASSERT_EQ(details.size(), 2u);
  EXPECT_THAT(details[1], HasSubstr("gap of 3.0"));
  const SessionRecord record = readSessionRecord(folder / "session");
  EXPECT_TRUE(record.frames[10].broken);
  EXPECT_FALSE(record.frames[20].broken) << "a gap has its length, and the time across it is known";
  SessionSource source(folder / "session", "session");
  std::vector<std::int64_t> epochs;
  while (const auto frame = source.read()) epochs.push_back(frame->epoch);
  EXPECT_EQ(epochs[9], 0);
  EXPECT_EQ(epochs[10], 1);
  EXPECT_EQ(epochs[29], 2);
}

/// Deleted, moved, or another folder in its place (as after unmounting): files that are open can still be
/// written to, and nobody would find them.
TEST(Recorder, AFolderThatIsGoneIsAnAlarmWithinASecond) {
  for (const char* how : {"deleted", "moved", "replaced", "video deleted"}) {
    const TemporaryFolder folder;
    Recorder recorder(folder / "session", patient());
    std::int64_t index = 0;
    for (; index < 5; ++index) recorder.offer(samples::snapshot(index));
    while (recorder.status().framesCommitted < 5) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    if (how == std::string("deleted")) std::filesystem::remove_all(folder / "session");
    if (how == std::string("video deleted")) std::filesystem::remove(videoOf(folder / "session"));
    if (how == std::string("moved")) std::filesystem::rename(folder / "session", folder / "elsewhere");
    if (how == std::string("replaced")) {
      std::filesystem::rename(folder / "session", folder / "elsewhere");
      std::filesystem::copy(folder / "elsewhere", folder / "session",
                            std::filesystem::copy_options::recursive);
    }
    const double gone = monotonicSeconds();
    while (!recorder.alarm() && monotonicSeconds() - gone < 5.0 * test::patience) {
      recorder.offer(samples::snapshot(index++));
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    EXPECT_LT(monotonicSeconds() - gone, 1.0 * test::patience) << how;
    ASSERT_TRUE(recorder.alarm()) << how;
    EXPECT_EQ(recorder.alarm()->priority, navigation::AlarmPriority::High);
    EXPECT_THAT(recorder.alarm()->detail, HasSubstr("is gone"));
    const RecorderStatus status = recorder.finish();
    EXPECT_TRUE(status.failed);
    EXPECT_EQ(status.framesWritten + status.framesDropped, index) << how;
    if (how == std::string("moved")) {
      EXPECT_TRUE(checkSession(folder / "elsewhere").sound()) << "what was recorded before stays good";
    }
  }
}

/// A thread with less than its share of the processor: 8 others want all of it.
TEST(Recorder, UnderLoadNoHoleIsLong) {
  const TemporaryFolder folder;
  std::atomic<bool> over = false;
  std::vector<std::jthread> hogs;
  for (unsigned i = 0; i < 4 * std::max(2u, std::thread::hardware_concurrency()); ++i)
    hogs.emplace_back([&over] {
      while (!over) {
      }
    });
  Recorder recorder(folder / "session", {});
  double longest = 0.0, last = monotonicSeconds();
  std::int64_t written = 0;
  const double start = last;
  for (std::int64_t i = 0; monotonicSeconds() - start < 6.0; ++i) {
    recorder.offer(samples::snapshot(i));
    std::this_thread::sleep_for(std::chrono::milliseconds(33));
    const double now = monotonicSeconds();
    if (recorder.status().framesWritten != written) {
      written = recorder.status().framesWritten;
      last = now;
    }
    longest = std::max(longest, now - last);
  }
  over = true;
  recorder.finish();
  EXPECT_GT(written, 0);
  EXPECT_LT(longest, 3.0 * test::patience);
}

}  // namespace
}  // namespace acuguide::recording
