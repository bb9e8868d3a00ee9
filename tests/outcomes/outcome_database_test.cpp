// One suite for both databases: an SQLite file, and a real PostgreSQL server that the suite starts itself.
#include "outcomes/outcome_database.h"

#include "core/error.h"
#include "database/postgresql_server.h"
#include "outcomes/outcome_schema.h"

#include <QtCore/QVariant>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace acuguide::outcomes {
namespace {

namespace fs = std::filesystem;
using database::DatabaseAddress;
using database::SqlConnection;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

enum class Kind { Sqlite, Postgresql };

class OutcomeDatabaseTest : public testing::TestWithParam<Kind> {
 protected:
  static void TearDownTestSuite() { server_.reset(); }

  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "acuguide-outcomes-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    if (GetParam() == Kind::Sqlite) {
      address_.file = folder_ / "outcomes.sqlite";
      return;
    }
    if (const std::string missing = test::PostgresqlServer::missing(); !missing.empty())
      GTEST_SKIP() << "skipped: " << missing;
    if (!server_) server_ = std::make_unique<test::PostgresqlServer>();
    address_ = server_->freshDatabase();
  }
  void TearDown() override { fs::remove_all(folder_); }

  static std::unique_ptr<test::PostgresqlServer> server_;
  fs::path folder_;
  DatabaseAddress address_;
};

std::unique_ptr<test::PostgresqlServer> OutcomeDatabaseTest::server_;

std::string codeOf(int number) { return std::string("P").append(std::to_string(number)); }

Measurement measured(const std::string& person, Visit visit, const std::string& scale, const Score& score) {
  Measurement one;
  one.person = person;
  one.visit = visit;
  one.scale = scale;
  one.score = score;
  return one;
}

Measurement score(const std::string& person, Visit visit, int grade) {
  return measured(person, visit, "ueda_upper", {static_cast<double>(grade), std::to_string(grade)});
}

Records only(const Measurement& one) { return {{}, {one}}; }

template <class Call>
std::string faultOf(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST_P(OutcomeDatabaseTest, WhatWasAddedIsThereForTheNextOne) {
  Records records;
  records.people = {{"P1", "treated", "left"}, {"P2", "对照组", ""}};
  Measurement spastic = measured("P2", Visit::SixMonths, "ashworth", {2, "1+"});
  spastic.site = "elbow flexors";
  spastic.on = "2026-11-25";
  spastic.assessor = "A1";
  records.measurements = {score("P1", Visit::Baseline, 3), score("P1", Visit::SixMonths, 9), spastic};
  {
    OutcomeDatabase database(address_);
    EXPECT_TRUE(database.records().people.empty());
    const AddedMeasurements counts = database.add(records);
    EXPECT_EQ(counts.added, 3u);
  }
  OutcomeDatabase again(address_);
  const Records read = again.records();
  EXPECT_EQ(read.people, records.people);
  EXPECT_EQ(read.measurements, records.measurements);
  EXPECT_EQ(again.records("P2").measurements.size(), 1u);
  EXPECT_EQ(again.records("P2").people.size(), 1u);
  EXPECT_TRUE(again.records("nobody").people.empty());
}

TEST_P(OutcomeDatabaseTest, AnotherValueIsRefusedWholeAndCorrectedOnlyWhenAsked) {
  OutcomeDatabase database(address_);
  database.add(only(score("P1", Visit::Baseline, 3)));
  EXPECT_EQ(database.add(only(score("P1", Visit::Baseline, 3))).alike, 1u);

  const Records mixed{{}, {score("P1", Visit::FourWeeks, 5), score("P1", Visit::Baseline, 4)}};
  EXPECT_THAT(faultOf([&] { database.add(mixed); }),
              HasSubstr("P1 has 3 on ueda_upper at baseline already, and not 4 (nothing was added)"));
  EXPECT_EQ(database.records().measurements.size(), 1u);

  const AddedMeasurements counts = database.add(mixed, true);
  EXPECT_EQ(counts.added, 1u);
  EXPECT_EQ(counts.corrected, 1u);
  EXPECT_EQ(database.records().measurements.at(0).score.rank, 4);
  const auto corrections = database.corrections();
  ASSERT_EQ(corrections.size(), 1u);
  EXPECT_EQ(corrections[0].before, "3");
  EXPECT_EQ(corrections[0].after, "4");
}

TEST_P(OutcomeDatabaseTest, AGroupIsFilledInAndNotChangedByTheWay) {
  OutcomeDatabase database(address_);
  database.add(only(score("P1", Visit::Baseline, 3)));
  database.add({{{"P1", "treated", "right"}}, {}});
  database.add({{{"P1", "", ""}}, {}});
  EXPECT_EQ(database.records().people.at(0), (Person{"P1", "treated", "right"}));
  EXPECT_THAT(faultOf([&] {
                database.add({{{"P1", "control", ""}}, {}});
              }),
              HasSubstr("P1 has \"treated\" already, and not \"control\""));
  database.add({{{"P1", "control", ""}}, {}}, true);
  EXPECT_EQ(database.records().people.at(0).group, "control");
}

/// What a database of version 1 looked like, with rows in every table.
void fillVersionOne(SqlConnection& connection) {
  connection.run(
      "INSERT INTO person (code,arm,side,added_utc) VALUES ('P1','treated','left','2026-01-01T00:00:00Z')");
  connection.run(
      "INSERT INTO measurement (person,visit,scale,site,grade,score,taken_on,assessor,added_utc)"
      " SELECT id,'baseline','ashworth','wrist','1+',2,'','','2026-01-01T00:00:00Z' FROM person");
  connection.run(
      "INSERT INTO session (identity,person,folder,started_utc,side,acupoint,added_utc)"
      " SELECT 'early',id,'/s','2026-01-01T00:00:00Z','left','LI11','2026-01-01T00:00:00Z' FROM person");
}

TEST_P(OutcomeDatabaseTest, EveryEarlierVersionIsBroughtUpWithItsRows) {
  for (int version = 1; version < outcomeSchemaVersion; ++version) {
    DatabaseAddress address = address_;
    if (GetParam() == Kind::Sqlite)
      address.file += std::to_string(version);
    else
      address = server_->freshDatabase();
    {
      SqlConnection connection(address);
      prepareOutcomeSchema(connection, version);
      fillVersionOne(connection);
      EXPECT_THROW(connection.run("SELECT * FROM identity"), Error) << "that came with version 3";
    }
    OutcomeDatabase database(address);
    EXPECT_EQ(database.records().measurements.at(0).score, (Score{2, "1+"})) << version;
    EXPECT_EQ(database.sessions().at(0).acupoint, "LI11");
    database.addEvent("early", {"bruise", 4, "", ""});
    EXPECT_EQ(database.events("early").size(), 1u);
    database.seal("P1", {"Somebody", ""}, SealingKey::make(folder_ / ("key" + std::to_string(version))));
    SqlConnection connection(address);
    QSqlQuery stored = connection.run("SELECT version FROM schema_version");
    ASSERT_TRUE(stored.next());
    EXPECT_EQ(stored.value(0).toInt(), outcomeSchemaVersion);
    EXPECT_FALSE(stored.next());
  }
}

TEST_P(OutcomeDatabaseTest, ANewerDatabaseAndAForeignOneAreLeftAlone) {
  {
    OutcomeDatabase database(address_);
    SqlConnection connection(address_);
    connection.run("UPDATE schema_version SET version = 99");
  }
  EXPECT_THAT(faultOf([&] { OutcomeDatabase{address_}; }), HasSubstr("written by a newer acuguide"));
  {
    SqlConnection connection(address_);
    connection.run("DROP TABLE schema_version");
  }
  EXPECT_THAT(faultOf([&] { OutcomeDatabase{address_}; }), HasSubstr("holds tables of something else"));
}

TEST_P(OutcomeDatabaseTest, SeveralWritersAtOnceLoseNothing) {
  constexpr int writers = 4, people = 25;
  { OutcomeDatabase made(address_); }
  std::atomic<int> added = 0, alike = 0, faults = 0;
  std::vector<std::thread> threads;
  for (int writer = 0; writer < writers; ++writer)
    threads.emplace_back([&, writer] {
      try {
        OutcomeDatabase database(address_);
        for (int i = 0; i < people; ++i) {
          // One score of the writer's own and one that all of them bring.
          const std::string code = codeOf(i);
          const Visit own = allVisits[static_cast<std::size_t>(writer)];
          Records records{{{code, "treated", ""}}, {score(code, own, writer)}};
          records.measurements.push_back(measured(code, Visit::Baseline, "barthel", {60, "60"}));
          const AddedMeasurements counts = database.add(records);
          added += static_cast<int>(counts.added);
          alike += static_cast<int>(counts.alike);
        }
      } catch (const std::exception& fault) {
        ADD_FAILURE() << fault.what();
        ++faults;
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(faults, 0);
  EXPECT_EQ(added, writers * people + people);
  EXPECT_EQ(alike, (writers - 1) * people);
  OutcomeDatabase database(address_);
  const Records all = database.records();
  EXPECT_EQ(all.people.size(), std::size_t{people});
  EXPECT_EQ(all.measurements.size(), std::size_t{writers * people + people});
}

TEST_P(OutcomeDatabaseTest, OfTwoThatCorrectAtOnceBothAreKept) {
  constexpr int times = 20;
  OutcomeDatabase(address_).add(only(score("P1", Visit::Baseline, 0)));
  std::vector<std::thread> threads;
  for (int writer = 0; writer < 2; ++writer)
    threads.emplace_back([&, writer] {
      OutcomeDatabase database(address_);
      for (int i = 0; i < times; ++i)
        database.add(only(score("P1", Visit::Baseline, 1 + (2 * i + writer) % 12)), true);
    });
  for (std::thread& thread : threads) thread.join();
  OutcomeDatabase database(address_);
  const auto corrections = database.corrections();
  std::string grade = "0";
  for (const Correction& one : corrections) {
    EXPECT_EQ(one.before, grade) << "each correction starts from what the one before it left";
    grade = one.after;
  }
  EXPECT_EQ(database.records().measurements.at(0).score.written, grade);
  EXPECT_GT(corrections.size(), std::size_t{times});
}

TEST_P(OutcomeDatabaseTest, SeveralThatOpenANewDatabaseAtOnceMakeItOnce) {
  constexpr int writers = 24;
  std::vector<std::thread> threads;
  for (int i = 0; i < writers; ++i) {
    threads.emplace_back([&, i] {
      try {
        OutcomeDatabase(address_).add(only(score(codeOf(i), Visit::Baseline, i % 12)));
      } catch (const std::exception& fault) {
        ADD_FAILURE() << fault.what();
      }
    });
    // Not all in one instant: some are to look while the first is just done making the tables.
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(OutcomeDatabase(address_).records().people.size(), std::size_t{writers});
}

TEST_P(OutcomeDatabaseTest, AWriterThatIsKilledLeavesWholeRowsOnly) {
  { OutcomeDatabase made(address_); }
  const pid_t writer = fork();
  if (writer == 0) {
    for (int i = 0;; ++i) {
      const std::string code = codeOf(i);
      Records pair{{}, {score(code, Visit::Baseline, 1), score(code, Visit::SixMonths, 2)}};
      OutcomeDatabase(address_).add(pair);
    }
  }
  OutcomeDatabase database(address_);
  while (database.records().people.size() < 5) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  kill(writer, SIGKILL);
  waitpid(writer, nullptr, 0);
  const Records all = database.records();
  EXPECT_EQ(all.measurements.size(), 2 * all.people.size());
  EXPECT_EQ(database.add(only(score("later", Visit::Baseline, 1))).added, 1u);
}

TEST_P(OutcomeDatabaseTest, SessionsKeepTheirPersonAndTheirEvents) {
  OutcomeDatabase database(address_);
  const SessionEntry entry{"2026-11-25T03:31:54Z 12.5", "P1",   "/sessions/a",
                           "2026-11-25T03:31:54Z",      "left", "LI11"};
  database.addSession(entry);
  database.addEvent(entry.identity, {"bleeding", 4, "after the third stroke", "2026-11-25"});
  SessionEntry moved = entry;
  moved.folder = "/elsewhere";
  database.addSession(moved);
  EXPECT_THAT(database.sessions(), ElementsAre(entry));
  EXPECT_THAT(database.events(entry.identity),
              ElementsAre(AdverseEvent{"bleeding", 4, "after the third stroke", "2026-11-25"}));
  moved.person = "P2";
  EXPECT_THAT(faultOf([&] { database.addSession(moved); }), HasSubstr("is P1's already, and not P2's"));
  EXPECT_EQ(database.records().people.size(), 1u) << "a refused session leaves no person behind";
  EXPECT_THAT(faultOf([&] {
                database.addEvent("unknown", {"pain", 80, "", ""});
              }),
              HasSubstr("does not know the session"));
  EXPECT_FALSE(database.session("unknown"));
}

TEST_P(OutcomeDatabaseTest, NamesAreKeptSealed) {
  const SealingKey key = SealingKey::make(folder_ / "key"), other = SealingKey::make(folder_ / "other");
  OutcomeDatabase database(address_);
  EXPECT_THAT(faultOf([&] { database.seal("P1", {"Kim", ""}, key); }), HasSubstr("nobody has the code P1"));
  database.add({{{"P1", "", ""}, {"P2", "", ""}}, {}});
  EXPECT_FALSE(database.unseal("P1", key));
  database.seal("P1", {"Kim Seo-yeon 김서연", ""}, key);
  database.seal("P1", {"", "calls before she comes"}, key);
  database.seal("P2", {"Lee", ""}, key);
  EXPECT_EQ(database.unseal("P1", key)->name, "Kim Seo-yeon 김서연");
  EXPECT_EQ(database.unseal("P1", key)->note, "calls before she comes");
  EXPECT_THAT(faultOf([&] { database.unseal("P1", other); }), HasSubstr("was sealed with the key"));
  EXPECT_THAT(faultOf([&] {
                database.seal("P1", {"Lee", ""}, other);
              }),
              HasSubstr("was sealed with the key"));

  SqlConnection raw(address_);
  QSqlQuery rows = raw.run("SELECT name,note FROM identity");
  while (rows.next())
    for (int i = 0; i < 2; ++i) EXPECT_FALSE(rows.value(i).toByteArray().contains("Kim"));
  raw.run("UPDATE identity SET name = (SELECT name FROM identity WHERE person = 2) WHERE person = 1");
  EXPECT_THAT(faultOf([&] { database.unseal("P1", key); }), HasSubstr("does not open"))
      << "a name that was moved to another person";
}

INSTANTIATE_TEST_SUITE_P(Sqlite, OutcomeDatabaseTest, testing::Values(Kind::Sqlite));
INSTANTIATE_TEST_SUITE_P(Postgresql, OutcomeDatabaseTest, testing::Values(Kind::Postgresql));

/// What only a server has: roles, and addresses that can be wrong.
class PostgresqlOnly : public OutcomeDatabaseTest {};

std::string textOf(const fs::path& file) {
  std::ifstream stream(file);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

TEST_P(PostgresqlOnly, RolesMayWhatTheyAreMeantTo) {
  const SealingKey key = SealingKey::make(folder_ / "key");
  { OutcomeDatabase(address_).add(only(score("P1", Visit::Baseline, 3))); }
  const std::string reader = "reader_" + address_.name, writer = "writer_" + address_.name;
  {
    SqlConnection owner(address_);
    const std::string roles = textOf(ACUGUIDE_SOURCE_DIR "/outcomes/roles.sql");
    owner.run(roles);
    owner.run(roles);  // once more does no harm
    owner.run("CREATE ROLE " + reader + " LOGIN PASSWORD 'r' IN ROLE acuguide_reader");
    owner.run("CREATE ROLE " + writer + " LOGIN PASSWORD 'w' IN ROLE acuguide_writer");
  }
  DatabaseAddress asReader = address_, asWriter = address_;
  asReader.user = reader;
  asReader.password = "r";
  asWriter.user = writer;
  asWriter.password = "w";

  OutcomeDatabase reading(asReader);
  EXPECT_EQ(reading.records().measurements.size(), 1u);
  EXPECT_THAT(faultOf([&] { reading.add(only(score("P1", Visit::SixMonths, 5))); }),
              HasSubstr("permission denied"));
  EXPECT_THAT(faultOf([&] { reading.unseal("P1", key); }), HasSubstr("permission denied"));

  OutcomeDatabase writing(asWriter);
  EXPECT_EQ(writing.add({{{"P1", "treated", ""}}, {score("P1", Visit::SixMonths, 5)}}).added, 1u);
  EXPECT_EQ(writing.add(only(score("P1", Visit::SixMonths, 6)), true).corrected, 1u);
  writing.addSession({"id", "P2", "/s", "", "left", "LI4"});
  writing.addEvent("id", {"none", 0, "", ""});
  EXPECT_THAT(faultOf([&] { writing.unseal("P1", key); }), HasSubstr("permission denied"));
  SqlConnection raw(asWriter);
  for (const char* forbidden : {"DELETE FROM measurement", "UPDATE person SET code = 'P9'",
                                "DROP TABLE person", "DELETE FROM correction"})
    EXPECT_THROW(raw.run(forbidden), Error) << forbidden;
}

TEST_P(PostgresqlOnly, AWrongPasswordAndAServerThatIsNotThereAreOneSentence) {
  DatabaseAddress wrong = address_;
  wrong.password = "guessed-secret";
  const std::string refused = faultOf([&] { OutcomeDatabase{wrong}; });
  EXPECT_THAT(refused, HasSubstr("cannot be opened"));
  EXPECT_THAT(refused, Not(HasSubstr("guessed-secret")));
  EXPECT_THAT(refused, Not(HasSubstr("\n")));
  wrong.port = 1;
  EXPECT_THAT(faultOf([&] { OutcomeDatabase{wrong}; }), HasSubstr("cannot be opened"));
}

INSTANTIATE_TEST_SUITE_P(Postgresql, PostgresqlOnly, testing::Values(Kind::Postgresql));

}  // namespace
}  // namespace acuguide::outcomes
