#include "outcomes/group_comparison.h"

#include "core/error.h"
#include "outcomes/comparison_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace acuguide::outcomes {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::pair<std::string, std::string> groups{"treated", "control"};

void score(Records& records, const std::string& person, Visit visit, int grade) {
  records.measurements.push_back(
      {person, visit, "ueda_upper", "", {static_cast<double>(grade), std::to_string(grade)}, "", ""});
}

/// Three against three; T3 missed the six months, C3 has no baseline.
Records followed() {
  Records records;
  for (const char* code : {"T1", "T2", "T3"}) records.people.push_back({code, "treated", ""});
  for (const char* code : {"C1", "C2", "C3"}) records.people.push_back({code, "control", ""});
  records.people.push_back({"X1", "", ""});
  score(records, "T1", Visit::Baseline, 2);
  score(records, "T2", Visit::Baseline, 4);
  score(records, "T3", Visit::Baseline, 3);
  score(records, "C1", Visit::Baseline, 3);
  score(records, "C2", Visit::Baseline, 5);
  score(records, "T1", Visit::SixMonths, 8);
  score(records, "T2", Visit::SixMonths, 11);
  score(records, "C1", Visit::SixMonths, 4);
  score(records, "C2", Visit::SixMonths, 5);
  score(records, "C3", Visit::SixMonths, 6);
  score(records, "X1", Visit::SixMonths, 12);
  return records;
}

const Scale& ueda() { return scaleNamed("ueda_upper", "test"); }

TEST(GroupComparison, ComparesScoresAndChangesOfThoseWhoWereScored) {
  const Records records = followed();
  const GroupComparison comparison = compareGroups(records, ueda(), "", groups, {}, "test");
  ASSERT_EQ(comparison.scores.size(), 2u);
  const VisitComparison& late = comparison.scores[1];
  EXPECT_THAT(late.first.values, ElementsAre(8, 11));
  EXPECT_THAT(late.second.values, ElementsAre(4, 5, 6));
  EXPECT_THAT(late.first.missing, ElementsAre("T3"));
  EXPECT_THAT(late.second.missing, IsEmpty());
  EXPECT_DOUBLE_EQ(late.result->difference, 4.5);
  ASSERT_EQ(comparison.changes.size(), 1u);
  EXPECT_THAT(comparison.changes[0].first.values, ElementsAre(6, 7));
  EXPECT_THAT(comparison.changes[0].second.values, ElementsAre(1, 0)) << "C3 has no baseline";
  EXPECT_THAT(comparison.changes[0].second.missing, ElementsAre("C3"));
  EXPECT_DOUBLE_EQ(comparison.changes[0].result->difference, 6.0);
}

TEST(GroupComparison, SaysPlainlyWhoIsMissing) {
  const std::string text = textOf(compareGroups(followed(), ueda(), "", groups, {}, "test"));
  EXPECT_THAT(text, HasSubstr("Not scored, baseline: 0 of 3 in treated, 1 of 3 in control (C3)."));
  EXPECT_THAT(text, HasSubstr("Not scored, 6 months: 1 of 3 in treated (T3), 0 of 3 in control."));
  EXPECT_THAT(text, HasSubstr("Nothing is filled in"));
  EXPECT_THAT(text, HasSubstr("more is better"));
}

TEST(GroupComparison, AVisitThatCannotBeComparedSaysWhyAndTheOthersStand) {
  Records records = followed();
  score(records, "T1", Visit::FourWeeks, 5);
  score(records, "C1", Visit::FourWeeks, 4);
  score(records, "C2", Visit::FourWeeks, 6);
  const GroupComparison comparison = compareGroups(records, ueda(), "", groups, {}, "test");
  ASSERT_EQ(comparison.scores.size(), 3u);
  EXPECT_FALSE(comparison.scores[1].result);
  EXPECT_THAT(textOf(comparison), HasSubstr("Not compared, 4 weeks: treated has only 1 value"));
  EXPECT_TRUE(comparison.scores[2].result);
}

std::string faultOf(const Records& records, const std::pair<std::string, std::string>& names,
                    std::optional<Visit> only = {}) {
  try {
    compareGroups(records, ueda(), "", names, only, "scores.csv");
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(GroupComparison, NothingToCompareIsOneSentence) {
  EXPECT_THAT(faultOf(followed(), {"treated", "sham"}), HasSubstr("the group \"sham\" is empty"));
  EXPECT_THAT(faultOf(followed(), {"treated", "treated"}), HasSubstr("itself"));
  EXPECT_THAT(faultOf(followed(), groups, Visit::FourWeeks),
              HasSubstr("nobody in the two groups was scored"));
  Records alike;
  for (const char* code : {"T1", "T2", "C1", "C2"}) {
    alike.people.push_back({code, code[0] == 'T' ? "treated" : "control", ""});
    score(alike, code, Visit::Baseline, code[0] == 'T' ? 3 : 4);
  }
  EXPECT_THAT(faultOf(alike, groups), HasSubstr("without spread there is no t"));
}

TEST(GroupComparison, ControlIsWhatTheOtherIsComparedWith) {
  EXPECT_EQ(twoGroups(followed(), "test"), groups);
  Records records = followed();
  records.people.push_back({"S1", "sham", ""});
  EXPECT_THROW(twoGroups(records, "test"), Error);
  EXPECT_THROW(twoGroups(Records{}, "test"), Error);
}

TEST(GroupComparison, SitesAreComparedEachForItself) {
  Records records;
  for (const char* code : {"T1", "T2", "C1", "C2"}) {
    records.people.push_back({code, code[0] == 'T' ? "treated" : "control", ""});
    for (const char* site : {"elbow", "wrist"})
      records.measurements.push_back(
          {code, Visit::Baseline, "ashworth", site, code[1] == '1' ? Score{2, "1+"} : Score{3, "2"}, "", ""});
  }
  const Scale& ashworth = scaleNamed("ashworth", "test");
  EXPECT_THAT(sitesOf(records, ashworth), ElementsAre("elbow", "wrist"));
  const GroupComparison comparison = compareGroups(records, ashworth, "elbow", groups, {}, "test");
  EXPECT_EQ(comparison.scores.at(0).first.summary.n, 2);
  EXPECT_DOUBLE_EQ(comparison.scores.at(0).first.summary.mean, 2.5) << "ranks are counted, not grades";
}

}  // namespace
}  // namespace acuguide::outcomes
