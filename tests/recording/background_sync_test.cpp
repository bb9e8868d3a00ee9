#include "recording/background_sync.h"

#include "core/error.h"
#include "database/sql_connection.h"
#include "recording/session_database.h"
#include "recording/session_samples.h"

#include <QtCore/QVariant>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>

namespace acuguide::recording {
namespace {

using testing::HasSubstr;

bool eventually(const std::function<bool()>& holds) {
  for (int i = 0; i < 200; ++i) {
    if (holds()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return holds();
}

class BackgroundSyncTest : public testing::Test {
 protected:
  const samples::TemporaryFolder folder_;
  const std::filesystem::path video_ = folder_ / "video.mkv", database_ = folder_ / "session.sqlite";
};

TEST_F(BackgroundSyncTest, MovesTheLogIntoTheDatabaseWhileItIsWrittenTo) {
  std::ofstream(video_) << "pictures";
  SessionDatabase rows(database_);
  const BackgroundSync sync(video_, database_);
  const std::string much(1 << 20, 'x');
  for (int i = 0; i < 12; ++i) {
    rows.addEvent(-1, i, {"note", much});
    rows.commit();
  }
  EXPECT_TRUE(eventually([&] { return std::filesystem::file_size(database_) > (11u << 20); }));
  EXPECT_NO_THROW(sync.check());
  rows.addEvent(-1, 99, {"note", "after it"});
  rows.commit();
  database::SqlConnection reader(database_, database::SqlConnection::Access::ReadOnly);
  QSqlQuery count = reader.run("SELECT count(*) FROM event");
  ASSERT_TRUE(count.next());
  EXPECT_EQ(count.value(0).toInt(), 13);
}

TEST_F(BackgroundSyncTest, SaysWhatTheDiskRefuses) {
  SessionDatabase rows(database_);
  rows.addEvent(-1, 0, {"note", "one"});
  rows.commit();
  const BackgroundSync sync("/dev/full", database_);  // is no file that could be brought to a disk
  std::string said;
  EXPECT_TRUE(eventually([&] {
    try {
      sync.check();
    } catch (const Error& error) {
      said = error.what();
    }
    return !said.empty();
  }));
  EXPECT_THAT(said, HasSubstr("/dev/full: cannot be written"));
  EXPECT_THAT(said, HasSubstr("check the disk"));
}

TEST_F(BackgroundSyncTest, RefusesWhatIsNotThere) {
  SessionDatabase rows(database_);
  EXPECT_THROW(BackgroundSync(video_, database_), Error);
}

}  // namespace
}  // namespace acuguide::recording
