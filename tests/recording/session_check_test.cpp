#include "recording/session_check.h"

#include "core/error.h"
#include "database/sql_connection.h"
#include "recording/session_samples.h"
#include "recording/session_source.h"
#include "recording/session_writer.h"

#include <QtCore/QVariant>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace acuguide::recording {
namespace {

namespace fs = std::filesystem;
using samples::TemporaryFolder;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::int64_t count = 60;

/// Commits every 10 frames; `finish` false: as killed after the last commit.
void record(const fs::path& folder, bool finish) {
  SessionWriterOptions options;
  options.minimumFreeBytes = 0;
  SessionWriter writer(folder, options);
  for (std::int64_t i = 0; i < count; ++i) {
    writer.write(*samples::snapshot(i));
    if (i % 10 == 9) writer.commit();
  }
  if (finish) writer.finish();
}

/// A recording as a kill leaves it: the files copied while the writer still has them open.
void recordKilled(const fs::path& folder, const fs::path& killed) {
  SessionWriterOptions options;
  options.minimumFreeBytes = 0;
  SessionWriter writer(folder, options);
  for (std::int64_t i = 0; i < count; ++i) {
    writer.write(*samples::snapshot(i));
    if (i % 10 == 9) writer.commit();
  }
  fs::copy(folder, killed, fs::copy_options::recursive);
}

void flipByte(const fs::path& file, std::uintmax_t at) {
  std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
  stream.seekg(static_cast<std::streamoff>(at));
  const int old = stream.get();
  stream.seekp(static_cast<std::streamoff>(at));
  stream.put(static_cast<char>(old ^ 0x10));
}

TEST(SessionCheck, AProperSessionIsSoundAndLeftAlone) {
  const TemporaryFolder folder;
  record(folder / "s", true);
  const SessionCheck check = checkSession(folder / "s");
  EXPECT_THAT(check.problems, IsEmpty());
  EXPECT_TRUE(check.complete);
  EXPECT_EQ(check.frames, count);
  EXPECT_EQ(check.pictures, count);
  EXPECT_EQ(check.segments, 6);
  EXPECT_EQ(check.verified, 6);
  EXPECT_NEAR(check.seconds, 59 / 30.0, 0.02);
  const auto before = fs::last_write_time(videoOf(folder / "s"));
  EXPECT_FALSE(repairSession(folder / "s").repaired);
  EXPECT_EQ(fs::last_write_time(videoOf(folder / "s")), before);
}

TEST(SessionCheck, AFlippedBitInAPictureIsFound) {
  const TemporaryFolder folder;
  record(folder / "s", true);
  flipByte(videoOf(folder / "s"), fs::file_size(videoOf(folder / "s")) / 2);
  const SessionCheck check = checkSession(folder / "s");
  EXPECT_FALSE(check.sound());
  EXPECT_THAT(check.problems, Contains(HasSubstr("is damaged")));
  EXPECT_THAT(check.problems, Contains(HasSubstr("not as they were recorded")));
  EXPECT_EQ(check.pictures, count - 1);
  EXPECT_EQ(check.verified, 5);
}

/// A picture exchanged for another whole one has good checksums of its own; only the hash tells.
TEST(SessionCheck, ASessionWithAnothersVideoIsFound) {
  const TemporaryFolder folder;
  record(folder / "s", true);
  {
    SessionWriterOptions options;
    options.minimumFreeBytes = 0;
    SessionWriter writer(folder / "other", options);
    for (std::int64_t i = 0; i < count; ++i) {
      auto snapshot = samples::snapshot(i);
      auto frame = std::make_shared<Frame>(*snapshot->frame);
      frame->pixels = samples::picture(i + 1000);
      snapshot->frame = frame;
      writer.write(*snapshot);
    }
    writer.finish();
  }
  fs::copy_file(videoOf(folder / "other"), videoOf(folder / "s"), fs::copy_options::overwrite_existing);
  const SessionCheck check = checkSession(folder / "s");
  EXPECT_EQ(check.pictures, count);
  EXPECT_EQ(check.verified, 0);
  EXPECT_FALSE(check.sound());
}

TEST(SessionCheck, AKilledRecordingIsSoundAndRepairedCompletely) {
  const TemporaryFolder folder;
  recordKilled(folder / "s", folder / "killed");
  const SessionCheck before = checkSession(folder / "killed");
  EXPECT_THAT(before.problems, IsEmpty());
  EXPECT_FALSE(before.complete);
  EXPECT_EQ(before.pictures, count);

  const SessionCheck after = repairSession(folder / "killed");
  EXPECT_TRUE(after.repaired);
  EXPECT_TRUE(after.complete);
  EXPECT_THAT(after.problems, IsEmpty());
  EXPECT_EQ(after.verified, 6);
  EXPECT_FALSE(fs::exists(folder / "killed" / "session.sqlite-wal"));
  EXPECT_FALSE(fs::exists(folder / "killed" / "video.repaired.mkv"));

  SessionSource source(folder / "killed", "s");
  ASSERT_EQ(source.info().frameCount, count);
  for (const std::int64_t i : {count - 1, std::int64_t{0}, std::int64_t{31}}) {
    source.seek(i);
    EXPECT_TRUE(samples::samePixels(source.read()->pixels, samples::frame(i)->pixels)) << i;
  }
}

/// After a power cut the video may be shorter than the rows.
TEST(SessionCheck, RowsWithoutPicturesGo) {
  const TemporaryFolder folder;
  recordKilled(folder / "s", folder / "killed");
  const fs::path video = videoOf(folder / "killed");
  fs::resize_file(video, fs::file_size(video) * 2 / 3);
  const SessionCheck before = checkSession(folder / "killed");
  EXPECT_FALSE(before.sound());
  EXPECT_LT(before.pictures, count);
  EXPECT_GT(before.pictures, count / 2);

  const SessionCheck after = repairSession(folder / "killed");
  EXPECT_THAT(after.problems, IsEmpty());
  EXPECT_EQ(after.frames, before.pictures);
  EXPECT_EQ(after.pictures, after.frames);
  EXPECT_EQ(*SessionSource(folder / "killed", "s").info().frameCount, after.frames);
}

TEST(SessionCheck, ASessionOfVersionOneHasNoHashesAndIsStillChecked) {
  const TemporaryFolder folder;
  record(folder / "s", true);
  {
    database::SqlConnection connection(databaseOf(folder / "s"), database::SqlConnection::Access::ReadWrite);
    connection.run("DROP TABLE segment");
    connection.run("DROP TABLE outline");
    connection.run("PRAGMA user_version = 1");
  }
  const SessionCheck check = checkSession(folder / "s");
  EXPECT_THAT(check.problems, IsEmpty());
  EXPECT_EQ(check.segments, 0);
  EXPECT_EQ(check.pictures, count);
  EXPECT_THAT(check.notes, Contains(HasSubstr("without hashes")));
}

TEST(SessionCheck, WhatIsNoSessionIsSaid) {
  const TemporaryFolder folder;
  EXPECT_THROW(checkSession(folder.path()), Error);
  record(folder / "s", true);
  fs::remove(videoOf(folder / "s"));
  const SessionCheck check = checkSession(folder / "s");
  EXPECT_FALSE(check.sound());
  EXPECT_EQ(check.pictures, 0);
  EXPECT_THROW(repairSession(folder / "s"), Error);
}

}  // namespace
}  // namespace acuguide::recording
