#include "recording/session_source.h"

#include "core/error.h"
#include "recording/recorder.h"
#include "recording/session_samples.h"
#include "recording/session_schema.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace acuguide::recording {
namespace {

using samples::TemporaryFolder;
using testing::HasSubstr;
using testing::ThrowsMessage;

std::filesystem::path recorded(const TemporaryFolder& folder, std::int64_t frames) {
  const auto path = folder / "session";
  RecorderOptions options;
  options.queueFrames = 1000;
  Recorder recorder(path, options);
  for (std::int64_t i = 0; i < frames; ++i) recorder.offer(samples::snapshot(i));
  recorder.finish();
  return path;
}

void run(const std::filesystem::path& session, const std::string& sql) {
  database::SqlConnection connection(databaseOf(session), database::SqlConnection::Access::ReadWrite);
  connection.run(sql);
}

auto failsWith(const std::string& sentence) { return ThrowsMessage<Error>(HasSubstr(sentence)); }

TEST(SessionKind, ClaimsSessionFoldersOnly) {
  const TemporaryFolder folder;
  const auto kind = sessionKind();
  EXPECT_FALSE(kind.claims(folder.path().string()));
  EXPECT_FALSE(kind.claims("sim:deep"));
  const std::string session = recorded(folder, 2).string();
  EXPECT_TRUE(kind.claims(session));
  EXPECT_TRUE(kind.claims(session + "/"));
  const auto source = kind.open(session);
  EXPECT_EQ(source->info().name, session);
  EXPECT_TRUE(source->info().seekable);
}

TEST(SessionSource, RefusesASeekBeyondItsFrames) {
  const TemporaryFolder folder;
  SessionSource source(recorded(folder, 3), "s");
  EXPECT_THAT([&] { source.seek(3); }, failsWith("choose one from 0 to 2"));
  EXPECT_THAT([&] { source.seek(-1); }, failsWith("has no frame -1"));
  EXPECT_EQ(source.read()->index, 0);
}

TEST(SessionSource, SaysWhatIsWrongWithASession) {
  const TemporaryFolder folder;
  const auto session = recorded(folder, 4);
  const auto open = [&] { SessionSource(session, "s"); };

  run(session, "PRAGMA user_version = 99");
  EXPECT_THAT(open, failsWith("newer acuguide"));
  run(session, "PRAGMA user_version = 1");
  EXPECT_NO_THROW(open());

  run(session, "DELETE FROM frame WHERE id = 2");
  EXPECT_THAT(open, failsWith("frame 2 is missing"));
  run(session, "DELETE FROM pose");
  run(session, "DELETE FROM frame");
  EXPECT_THAT(open, failsWith("holds no frame"));

  std::filesystem::remove(videoOf(session));
  run(session, "INSERT INTO frame (id,source_index,time_s,arrival_s,video_ms) VALUES (0,0,0,0,0)");
  EXPECT_THAT(open, failsWith("video.mkv"));

  std::ofstream(databaseOf(session), std::ios::trunc)
      << "this is no database, but it is long enough to be asked";
  EXPECT_THAT(open, failsWith("session.sqlite"));
  std::ofstream(databaseOf(session), std::ios::trunc).flush();
  EXPECT_THAT(open, failsWith("holds no recorded session"));
  std::filesystem::remove(databaseOf(session));
  EXPECT_THAT(open, failsWith("cannot be opened"));
}

TEST(SessionSource, RowsAtTheEndWithoutTheirPictureAreLeftOut) {
  const TemporaryFolder folder;
  const auto session = recorded(folder, 4);
  run(session, "INSERT INTO frame (id,source_index,time_s,arrival_s,video_ms) VALUES (4,4,13,0,9000)");
  SessionSource source(session, "s");
  EXPECT_EQ(source.info().frameCount, 4);
  source.seek(3);
  EXPECT_TRUE(samples::samePixels(source.read()->pixels, samples::picture(3)));
}

TEST(SessionSource, ASourceThatStartedAgainKeepsItsOwnTimes) {
  const TemporaryFolder folder;
  const auto session = folder / "session";
  {
    Recorder recorder(session);
    for (const double time : {100.0, 100.033, 0.0, 0.0001, 0.033}) {
      auto snapshot = samples::snapshot(0);
      auto frame = std::make_shared<Frame>(*snapshot->frame);
      frame->time = time;
      snapshot->frame = frame;
      recorder.offer(snapshot);
    }
  }
  SessionSource source(session, "s");
  for (const double time : {100.0, 100.033, 0.0, 0.0001, 0.033}) EXPECT_EQ(source.read()->time, time);
}

TEST(SessionSource, PixelsThatAreNotSquareStaySo) {
  const TemporaryFolder folder;
  const auto session = folder / "session";
  {
    Recorder recorder(session);
    auto snapshot = samples::snapshot(0);
    auto frame = std::make_shared<Frame>(*snapshot->frame);
    frame->geometry.spacingMm.reset();
    frame->geometry.pixelAspect = 59.0 / 54.0;  // PAL's, which no whole number of pixels expresses
    snapshot->frame = frame;
    recorder.offer(snapshot);
  }
  EXPECT_DOUBLE_EQ(SessionSource(session, "s").read()->geometry.pixelAspect, 59.0 / 54.0);
}

TEST(SessionSchema, PreparingTwiceChangesNothing) {
  const TemporaryFolder folder;
  database::SqlConnection connection(folder / "session.sqlite", database::SqlConnection::Access::ReadWrite);
  EXPECT_THAT([&] { readableSessionSchema(connection); }, failsWith("holds no recorded session"));
  prepareSessionSchema(connection);
  connection.run("INSERT INTO meta VALUES ('a','b')");
  prepareSessionSchema(connection);
  EXPECT_EQ(readableSessionSchema(connection), sessionSchemaVersion);
  EXPECT_TRUE(connection.run("SELECT * FROM meta").next());
}

}  // namespace
}  // namespace acuguide::recording
