// acuguide outcomes through the real executable.
#include "apps/program.h"
#include "database/postgresql_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <thread>

namespace acuguide::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

Outcome compareSummaries(const std::string& first, const std::string& second) {
  return acuguide({"outcomes", "compare", "--summary", first, second});
}

TEST(Outcomes, CompareGivesTheTrialsFigures) {
  const Outcome upper = compareSummaries("8.86,2.86,51", "6.08,3.99,51");
  ASSERT_EQ(upper.exitCode, 0) << upper.err;
  EXPECT_THAT(upper.out, HasSubstr("2.78 (1.42 to 4.15), p<0.001"));
  const Outcome lower = compareSummaries("10.35,1.80,51", "6.86,3.04,51");
  ASSERT_EQ(lower.exitCode, 0) << lower.err;
  EXPECT_THAT(lower.out, HasSubstr("3.49 (2.51 to 4.47), p<0.001"));
}

TEST(Outcomes, OptionsThatNeedScoresAreNotLeftOutInSilence) {
  const Folder folder;
  for (const auto& [option, value] : {std::pair<std::string, std::string>{"--plot", folder / "plot.png"},
                                      {"--csv", folder / "table.csv"},
                                      {"--scale", "MAS"},
                                      {"--visit", "baseline"}}) {
    const Outcome outcome =
        acuguide({"outcomes", "compare", "--summary", "8.86,2.86,51", "6.08,3.99,51", option, value});
    EXPECT_EQ(outcome.exitCode, 2) << option;
    EXPECT_THAT(outcome.err, HasSubstr(option));
    EXPECT_EQ(outcome.out, "");
    EXPECT_FALSE(fs::exists(value));
  }
}

TEST(Outcomes, WhatCannotBeComparedIsOneSentenceAndExitCode2) {
  for (const char* wrong : {"8,1,0", "8,1,1", "8,x,5", "8,1", "8,-1,5", "8,1,5.5", ""}) {
    const Outcome outcome = compareSummaries(wrong, "6,1,9");
    EXPECT_EQ(outcome.exitCode, 2) << wrong;
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
  }
  EXPECT_EQ(compareSummaries("8,0,5", "6,0,5").exitCode, 2);
}

std::string codeOf(const char* letter, int number) {
  return std::string(letter).append(std::to_string(number));
}

/// Scores of a small trial: five a group, one of the control group lost before the six months.
std::string table() {
  std::string text = "person,group,side,visit,scale,site,value\n";
  const int treated[5][2] = {{3, 9}, {4, 10}, {2, 8}, {5, 12}, {3, 9}};
  const int control[5][2] = {{3, 5}, {4, 7}, {2, 4}, {5, 6}, {3, -1}};
  for (int i = 0; i < 5; ++i) {
    const std::string t = codeOf("T", i), c = codeOf("C", i);
    text += t + ",treated,left,baseline,ueda_upper,," + std::to_string(treated[i][0]) + "\n";
    text += t + ",treated,left,6 months,ueda_upper,," + std::to_string(treated[i][1]) + "\n";
    text += t + ",treated,left,baseline,ashworth,elbow," + (i % 2 == 0 ? "1+" : "2") + "\n";
    text += c + ",control,right,baseline,ueda_upper,," + std::to_string(control[i][0]) + "\n";
    text += c + ",control,right,6 months,ueda_upper,," +
            (control[i][1] < 0 ? "" : std::to_string(control[i][1])) + "\n";
  }
  return text;
}

class OutcomesDatabase : public testing::Test {
 protected:
  Outcome run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "outcomes");
    arguments.insert(arguments.end(), {"--database", "sqlite:" + (folder_ / "o.sqlite").string()});
    return acuguide(arguments);
  }
  void addTable() {
    std::ofstream(folder_ / "scores.csv") << table();
    const Outcome added = run({"add", "--csv", (folder_ / "scores.csv").string()});
    ASSERT_EQ(added.exitCode, 0) << added.err;
    EXPECT_THAT(added.out, HasSubstr("Added 24"));
    EXPECT_THAT(added.out, HasSubstr("without a value 1"));
  }
  Folder folder_;
};

TEST_F(OutcomesDatabase, ATableIsKeptListedExportedAndCompared) {
  addTable();
  EXPECT_THAT(run({"list", "--person", "T0"}).out, HasSubstr("1+"));
  EXPECT_THAT(run({"list", "--people"}).out, HasSubstr("C4"));

  const Outcome written = run({"export", "--out", (folder_ / "all.csv").string()});
  ASSERT_EQ(written.exitCode, 0) << written.err;
  EXPECT_EQ(tableOf(folder_ / "all.csv").size(), 25u);
  EXPECT_THAT(run({"add", "--csv", (folder_ / "all.csv").string()}).out, HasSubstr("there already 24"));

  const Outcome compared = run({"compare", "--scale", "ueda_upper", "--csv", (folder_ / "c.csv").string()});
  ASSERT_EQ(compared.exitCode, 0) << compared.err;
  EXPECT_THAT(compared.out, HasSubstr("treated against control"));
  EXPECT_THAT(compared.out, HasSubstr("Not scored, 6 months: 0 of 5 in treated, 1 of 5 in control (C4)"));
  const auto rows = tableOf(folder_ / "c.csv");
  ASSERT_EQ(rows.size(), 4u) << "two visits and one change";
  EXPECT_NEAR(std::stod(column(rows, "difference").at(1)), 9.6 - 5.5, 1e-6);
  EXPECT_EQ(column(rows, "second_missing").at(1), "1");

  const Outcome fromFile =
      run({"compare", "--from", (folder_ / "all.csv").string(), "--scale", "ueda_upper"});
  EXPECT_EQ(fromFile.exitCode, 0) << fromFile.err;
  EXPECT_THAT(run({"compare", "--scale", "ashworth"}).err, HasSubstr("control has no values"));
  EXPECT_EQ(run({"compare", "--scale", "ashworth"}).exitCode, 2);
}

TEST_F(OutcomesDatabase, SingleScoresArePutInAndCorrected) {
  const std::vector<std::string> first{"add",     "--person", "P7",        "--group",    "treated",
                                       "--visit", "baseline", "--scale",   "ueda_upper", "--value",
                                       "3",       "--on",     "2026-11-25"};
  ASSERT_EQ(run(first).exitCode, 0);
  std::vector<std::string> other = first;
  other[10] = "4";
  const Outcome refused = run(other);
  EXPECT_EQ(refused.exitCode, 2);
  EXPECT_THAT(refused.err, HasSubstr("P7 has 3 on ueda_upper at baseline already, and not 4"));
  other.push_back("--correct");
  ASSERT_EQ(run(other).exitCode, 0);
  EXPECT_THAT(run({"list", "--corrections"}).out, HasSubstr("P7"));
}

TEST_F(OutcomesDatabase, WhatIsWrongIsOneSentence) {
  EXPECT_THAT(run({"list"}).err, HasSubstr("there is no such database"));
  const auto fault = [&](std::vector<std::string> rest) {
    rest.insert(rest.begin(), {"add", "--person", "P1"});
    const Outcome outcome = run(rest);
    EXPECT_EQ(outcome.exitCode, 2);
    return outcome.err;
  };
  EXPECT_THAT(fault({"--visit", "baseline", "--scale", "ueda_upper", "--value", "13"}),
              HasSubstr("13 is outside"));
  EXPECT_THAT(fault({"--visit", "baseline", "--scale", "ueda_upper", "--value", "good"}),
              HasSubstr("no number"));
  EXPECT_THAT(fault({"--visit", "baseline", "--scale", "ashworth", "--value", "1-"}), HasSubstr("no grade"));
  EXPECT_THAT(fault({"--visit", "baseline", "--scale", "barthel"}), HasSubstr("--value"));
  EXPECT_THAT(fault({"--name", "Kim"}), HasSubstr("kept only sealed"));
  EXPECT_EQ(acuguide({"outcomes", "list", "--database", "mysql://x/y"}).exitCode, 2);
  EXPECT_EQ(acuguide({"outcomes", "list", "--database", "sqlite:" ACUGUIDE_SOURCE_DIR "/LICENSE"}).exitCode,
            2);
}

TEST_F(OutcomesDatabase, NamesAreSealedOnTheDiskAndShownWithTheKeyOnly) {
  const std::string key = folder_ / "key";
  ASSERT_EQ(acuguide({"outcomes", "key", "--out", key}).exitCode, 0);
  ASSERT_EQ(
      run({"add", "--person", "P1", "--name", "Kim Seo-yeon", "--note", "deaf on the left", "--key", key})
          .exitCode,
      0);
  EXPECT_THAT(run({"list", "--people", "--key", key}).out, HasSubstr("Kim Seo-yeon"));
  EXPECT_THAT(run({"list", "--people"}).out, Not(HasSubstr("Kim")));
  EXPECT_THAT(textOf(folder_ / "o.sqlite"), Not(HasSubstr("Kim")));
  EXPECT_THAT(textOf(folder_ / "o.sqlite"), Not(HasSubstr("deaf")));
}

TEST_F(OutcomesDatabase, TwoProgramsThatWriteAtOnceLoseNothing) {
  std::vector<std::thread> writers;
  for (int writer = 0; writer < 2; ++writer)
    writers.emplace_back([&, writer] {
      for (int i = 0; i < 10; ++i) {
        const std::string code = codeOf("P", 10 * writer + i);
        EXPECT_EQ(run({"add", "--person", code, "--visit", "baseline", "--scale", "barthel", "--value", "50"})
                      .exitCode,
                  0);
      }
    });
  for (std::thread& writer : writers) writer.join();
  ASSERT_EQ(run({"export", "--out", (folder_ / "all.csv").string()}).exitCode, 0);
  EXPECT_EQ(tableOf(folder_ / "all.csv").size(), 21u);
}

TEST_F(OutcomesDatabase, ASessionIsTiedToItsPersonWithWhatHappenedAfterIt) {
  const std::string session = folder_ / "session";
  ASSERT_EQ(
      acuguide({"record", "sim:st36_in_plane?seed=1", "--seconds", "1", "--no-analysis", "--out", session})
          .exitCode,
      0);
  EXPECT_THAT(run({"session", session}).err, HasSubstr("its plan names no person"));
  ASSERT_EQ(run({"session", session, "--person", "P3"}).exitCode, 0);
  EXPECT_THAT(run({"event", session, "--kind", "bleeding", "--amount", "2.5"}).out,
              HasSubstr("does not count"));
  EXPECT_THAT(run({"event", session, "--kind", "bruise", "--amount", "3"}).out, HasSubstr("it counts"));
  EXPECT_THAT(run({"event", session, "--kind", "pain", "--amount", "72"}).out, HasSubstr("does not count"));
  EXPECT_THAT(run({"event", session, "--kind", "pain"}).err, HasSubstr("give it in h"));
  EXPECT_THAT(run({"event", session, "--kind", "syncope", "--amount", "1"}).err, HasSubstr("has no amount"));
  EXPECT_THAT(run({"list", "--sessions"}).out, HasSubstr("P3"));
  EXPECT_EQ(run({"session", folder_.path().string(), "--person", "P3"}).exitCode, 2);
}

TEST(Outcomes, TwoProgramsShareAPostgresqlDatabase) {
  using outcomes::test::PostgresqlServer;
  if (const std::string missing = PostgresqlServer::missing(); !missing.empty()) GTEST_SKIP() << missing;
  PostgresqlServer server;
  const auto at = server.freshDatabase();
  const std::string url = std::string("postgresql://") + at.user +
                          ":only%20for%20this%20test@127.0.0.1:" + std::to_string(at.port) + "/" + at.name;
  const auto run = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "outcomes");
    arguments.insert(arguments.end(), {"--database", url});
    return acuguide(arguments);
  };
  Folder folder;
  std::ofstream(folder / "scores.csv") << table();
  std::vector<std::thread> writers;
  for (int writer = 0; writer < 2; ++writer)
    writers.emplace_back([&] {
      const Outcome added = run({"add", "--csv", (folder / "scores.csv").string()});
      EXPECT_EQ(added.exitCode, 0) << added.err;
    });
  for (std::thread& writer : writers) writer.join();
  ASSERT_EQ(run({"export", "--out", (folder / "all.csv").string()}).exitCode, 0);
  EXPECT_EQ(tableOf(folder / "all.csv").size(), 25u);
  const Outcome compared = run({"compare", "--scale", "ueda_upper"});
  EXPECT_EQ(compared.exitCode, 0) << compared.err;
  EXPECT_THAT(compared.out, HasSubstr("treated against control"));
  const Outcome refused =
      run({"add", "--person", "T0", "--visit", "baseline", "--scale", "ueda_upper", "--value", "9"});
  EXPECT_EQ(refused.exitCode, 2);
  EXPECT_EQ(std::count(refused.err.begin(), refused.err.end(), '\n'), 1) << refused.err;
  EXPECT_THAT(refused.err, Not(HasSubstr("only")));
}

}  // namespace
}  // namespace acuguide::test
