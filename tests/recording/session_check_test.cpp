#include "recording/session_check.h"

#include "core/clock.h"
#include "core/error.h"
#include "database/foreign_file.h"
#include "database/sql_connection.h"
#include "patience.h"
#include "recording/session_notes.h"
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

void change(const fs::path& session, const std::string& sql) {
  database::SqlConnection(databaseOf(session), database::SqlConnection::Access::ReadWrite).run(sql);
}

/// A session with guidance, a plan, a calibration and an event.
void recordGuided(const fs::path& folder) {
  SessionWriterOptions options;
  options.minimumFreeBytes = 0;
  options.calibrations = {{"probe.json", "scale", "{}"}};
  SessionWriter writer(folder, options);
  auto plan = std::make_shared<planning::Plan>();
  plan->name = "ST36 left";
  plan->acupoint = "ST36";
  plan->target = planning::TargetAtPixel{{60, 40}};
  for (std::int64_t i = 0; i < count; ++i) {
    auto snapshot = samples::snapshot(i);
    snapshot->plan = plan;
    snapshot->guidance = samples::guidance();
    writer.write(*snapshot);
    if (i == 25) writer.write({"bookmark", "fascia"}, 1.0);
    if (i % 10 == 9) writer.commit();
  }
  writer.finish();
}

/// Whatever table is changed after the recording.
TEST(SessionCheck, AChangedRowIsFoundInEveryTable) {
  const TemporaryFolder folder;
  recordGuided(folder / "s");
  ASSERT_THAT(checkSession(folder / "s").problems, IsEmpty());
  for (const char* sql :
       {"UPDATE guidance SET state = 'on_course', danger_mm = 9 WHERE frame = 31",
        "UPDATE observation SET tip_x_px = tip_x_px + 1 WHERE frame = 31",
        "UPDATE plane SET label = 'bone' WHERE frame = 31",
        "UPDATE pose SET valid = 1 - valid WHERE frame = 31",
        "UPDATE frame SET spacing_x_mm = 0.2 WHERE id = 31", "UPDATE outline SET points = '[[1,2]]'",
        "UPDATE plan SET json = replace(json, 'left', 'right')", "UPDATE plan SET name = 'another'",
        "UPDATE calibration SET json = '[]'", "UPDATE meta SET value = 'another' WHERE key = 'source'",
        "UPDATE event SET detail = 'nothing' WHERE kind = 'bookmark'",
        "DELETE FROM event WHERE kind = 'bookmark'", "DELETE FROM guidance WHERE frame = 59",
        "INSERT INTO outline (zone,frame,points) VALUES (99,12,'[]')", "DELETE FROM plan"}) {
    const fs::path copy = folder / "copy";
    fs::remove_all(copy);
    fs::copy(folder / "s", copy, fs::copy_options::recursive);
    change(copy, sql);
    EXPECT_THAT(checkSession(copy).problems, Contains(HasSubstr("not as they were recorded"))) << sql;
  }
}

TEST(SessionCheck, AChangedPlanFileIsFoundAndANoteOfTheTrainerIsNoChange) {
  const TemporaryFolder folder;
  recordGuided(folder / "s");
  addSessionNote(folder / "s", 7, "note", "too steep");
  EXPECT_THAT(checkSession(folder / "s").problems, IsEmpty());
  std::ofstream(folder / "s/plan.json", std::ios::app) << " ";
  EXPECT_THAT(checkSession(folder / "s").problems, Contains(HasSubstr("plan.json")));
}

TEST(SessionCheck, OneThatEndedBeforeItsFirstPictureIsEmptyNotDamaged) {
  const TemporaryFolder folder;
  SessionWriterOptions options;
  options.minimumFreeBytes = 0;
  const SessionWriter writer(folder / "s", options);
  fs::copy(folder / "s", folder / "killed", fs::copy_options::recursive);
  for (const SessionCheck& check : {checkSession(folder / "killed"), repairSession(folder / "killed")}) {
    EXPECT_TRUE(check.empty);
    EXPECT_TRUE(check.sound());
    EXPECT_FALSE(check.complete);
    EXPECT_THAT(check.notes, Contains(HasSubstr("before its first picture")));
  }
}

/// A file that a stranger made to hold up whoever opens it.
TEST(SessionCheck, AnEndlessViewIsRefusedAtOnce) {
  const TemporaryFolder folder;
  for (const char* trap : {"ALTER TABLE frame RENAME TO f; CREATE VIEW frame AS WITH RECURSIVE n(id) AS "
                           "(SELECT 0 UNION ALL SELECT id+1 "
                           "FROM n) SELECT id, id AS source_index, NULL AS image, 0.0 AS time_s, 0.0 AS "
                           "arrival_s, id AS video_ms, NULL "
                           "AS spacing_x_mm, NULL AS spacing_y_mm, 0 AS region_x, 0 AS region_y, 0 AS "
                           "region_w, 0 AS region_h FROM n",
                           "ALTER TABLE meta RENAME TO m; CREATE VIEW meta AS WITH RECURSIVE n(key) AS "
                           "(SELECT 0 UNION ALL SELECT key+1 "
                           "FROM n) SELECT key, '' AS value FROM n WHERE key < 0",
                           "CREATE TRIGGER t AFTER INSERT ON event BEGIN DELETE FROM frame; END"}) {
    fs::remove_all(folder / "s");
    record(folder / "s", true);
    std::string statements = trap;
    for (std::size_t end; !statements.empty();
         statements.erase(0, end == std::string::npos ? end : end + 1)) {
      const bool trigger = statements.starts_with("CREATE TRIGGER");
      end = trigger ? std::string::npos : statements.find(';');
      change(folder / "s", statements.substr(0, end));
    }
    const double start = monotonicSeconds();
    EXPECT_THAT([&] { checkSession(folder / "s"); },
                testing::ThrowsMessage<Error>(HasSubstr("does not make")))
        << trap;
    EXPECT_THROW(SessionSource(folder / "s", "s"), Error);
    EXPECT_THROW(addSessionNote(folder / "s", 1, "note", "x"), Error);
    EXPECT_LT(monotonicSeconds() - start, 2.0 * test::patience);
  }
}

/// The second line of defence: a query that runs on is ended, and said.
TEST(SessionCheck, AQueryWithoutEndIsEnded) {
  const TemporaryFolder folder;
  record(folder / "s", true);
  database::SqlConnection connection(databaseOf(folder / "s"), database::SqlConnection::Access::ReadOnly);
  const database::ForeignFile file(connection);
  const double start = monotonicSeconds();
  EXPECT_THROW(
      connection
          .run("WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i+1 FROM n) SELECT i FROM n WHERE i < 0")
          .next(),
      Error);
  EXPECT_THAT([&] { file.requireUnhindered(); }, testing::ThrowsMessage<Error>(HasSubstr("without end")));
  EXPECT_LT(monotonicSeconds() - start, 20.0 * test::patience);
}

}  // namespace
}  // namespace acuguide::recording
