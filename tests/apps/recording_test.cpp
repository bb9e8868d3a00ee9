#include "apps/program.h"
#include "patience.h"
#include "recording/small_disk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <thread>
#include <unistd.h>

namespace acuguide::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using Clock = std::chrono::steady_clock;

const std::string program = ACUGUIDE_BINARY_DIR "/acuguide";
const std::string live =
    "gst:videotestsrc is-live=true pattern=snow ! video/x-raw,width=320,height=240,framerate=30/1";

/// Waits until it is so; whether it came to be.
bool comes(const std::function<bool()>& condition, int seconds = 40) {
  const auto end = Clock::now() + std::chrono::seconds(seconds * patience);
  while (Clock::now() < end) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return false;
}

bool hasVideo(const fs::path& session) {
  std::error_code ignored;
  return fs::exists(session / "video.mkv", ignored) && fs::file_size(session / "video.mkv", ignored) > 50'000;
}

TEST(Recording, OnAFullDiskEndsWithAWord) {
  const Folder folder;
  const SmallDisk disk(folder / "disk", 32);
  if (!disk.mounted()) GTEST_SKIP() << "this user may not mount a tmpfs";
  Running record(
      program,
      {"record",
       "gst:videotestsrc is-live=true pattern=snow ! video/x-raw,width=1024,height=768,framerate=30/1",
       "--no-analysis", "--out", disk.path() / "s"},
      folder / "log");
  EXPECT_EQ(record.wait(60), 2) << record.output();
  EXPECT_THAT(record.output(), HasSubstr("the disk is full"));
  const Outcome check = acuguide({"session", "check", disk.path() / "s"});
  EXPECT_EQ(check.exitCode, 0) << check.out;
  EXPECT_THAT(check.out, HasSubstr("sound"));
}

TEST(Recording, IntoAFolderThatGoesAwayEndsWithAWord) {
  for (const bool moved : {false, true}) {
    const Folder folder;
    const fs::path session = folder / "s";
    Running record(program, {"record", live, "--no-analysis", "--out", session}, folder / "log");
    ASSERT_TRUE(comes([&] { return hasVideo(session); })) << record.output();
    if (moved) {
      fs::rename(session, folder / "elsewhere");
    } else {
      fs::remove_all(session);
    }
    const auto gone = Clock::now();
    EXPECT_EQ(record.wait(20), 2) << record.output();
    EXPECT_LT(Clock::now() - gone, std::chrono::seconds(3 * patience)) << "an alarm within 1 s, and the end";
    EXPECT_THAT(record.output(), HasSubstr("is gone: deleted, moved or unmounted"));
    if (moved) {
      EXPECT_EQ(acuguide({"session", "check", folder / "elsewhere"}).exitCode, 0);
    }
  }
}

/// The desktop session ends, or somebody types `kill`.
TEST(Recording, SigtermClosesASessionAsQuitDoes) {
  const Folder folder;
  const std::string display = ":" + std::to_string(200 + getpid() % 20000);
  const Running server("Xvfb", {display, "-screen", "0", "1280x800x24", "-nolisten", "tcp"}, folder / "xvfb");
  const fs::path socket = "/tmp/.X11-unix/X" + display.substr(1);
  if (!comes([&] { return fs::exists(socket); }, 10)) GTEST_SKIP() << "no display can be started here";
  setenv("DISPLAY", display.c_str(), 1);
  setenv("HOME", folder.path().c_str(), 1);
  const fs::path session = folder / "s";
  Running guide(program, {"guide", live, "--no-structures", "--record", session}, folder / "log");
  ASSERT_TRUE(comes([&] { return hasVideo(session); })) << guide.output();
  guide.signal(SIGTERM);
  EXPECT_EQ(guide.wait(20), 0) << guide.output();
  const Outcome check = acuguide({"session", "check", session});
  EXPECT_EQ(check.exitCode, 0) << check.out;
  EXPECT_THAT(check.out, testing::Not(HasSubstr("not ended properly")));
  EXPECT_FALSE(fs::exists(session / "session.sqlite-wal"));
}

TEST(Recording, KilledBeforeItsFirstPictureIsEmptyNotDamaged) {
  const Folder folder;
  const fs::path session = folder / "s";
  Running guide(program,
                {"guide", "igtl://127.0.0.1:9", "--record", session, "--offscreen", "--seconds", "60"},
                folder / "log");
  ASSERT_TRUE(comes([&] { return fs::exists(session / "session.sqlite-wal"); })) << guide.output();
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  guide.signal(SIGKILL);
  guide.wait(20);
  const Outcome check = acuguide({"session", "check", session});
  EXPECT_EQ(check.exitCode, 0) << check.out << check.err;
  EXPECT_THAT(check.out, HasSubstr(": empty"));
  EXPECT_THAT(check.out, testing::Not(HasSubstr("DAMAGED")));
}

}  // namespace
}  // namespace acuguide::test
