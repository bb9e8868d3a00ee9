#include "outcomes/scale.h"

#include "core/error.h"
#include "outcomes/measurement.h"
#include "outcomes/visit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace acuguide::outcomes {
namespace {

using testing::HasSubstr;

template <class Call>
std::string faultOf(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(Scale, AshworthKeepsTheGradeAndItsRank) {
  const Scale& ashworth = scaleNamed("mas", "test");
  const std::vector<std::string> grades{"0", "1", "1+", "2", "3", "4"};
  for (std::size_t rank = 0; rank < grades.size(); ++rank)
    EXPECT_EQ(readScore(ashworth, grades[rank], "test"), (Score{static_cast<double>(rank), grades[rank]}));
  EXPECT_THAT(faultOf([&] { readScore(ashworth, "5", "line 3"); }),
              HasSubstr("line 3: \"5\" is no grade of ashworth; give one of 0, 1, 1+, 2, 3, 4"));
}

TEST(Scale, GradesBeyondTheRangeAreRefused) {
  const Scale& ueda = scaleNamed("ueda_upper", "test");
  EXPECT_EQ(readScore(ueda, "12", "test").rank, 12);
  EXPECT_EQ(readScore(ueda, " 0", "test").written, "0");
  for (const char* wrong : {"13", "-1", "7.5"})
    EXPECT_THAT(faultOf([&] { readScore(ueda, wrong, "t"); }), HasSubstr("a whole number from 0 to 12"));
  EXPECT_THAT(faultOf([&] { readScore(ueda, "good", "t"); }), HasSubstr("\"good\" is no number"));
  EXPECT_THAT(faultOf([&] { readScore(ueda, "", "t"); }), HasSubstr("is no number"));
}

TEST(Scale, EveryScaleOfTheTrialIsThereWithItsDirection) {
  EXPECT_TRUE(scaleNamed("ueda_lower", "t").higherIsBetter);
  EXPECT_TRUE(scaleNamed("adl", "t").higherIsBetter);
  EXPECT_FALSE(scaleNamed("neuro_deficit", "t").higherIsBetter);
  EXPECT_FALSE(scaleNamed("ashworth", "t").higherIsBetter);
  EXPECT_THAT(faultOf([] { scaleNamed("fugl_meyer", "--scale"); }), HasSubstr("there is no scale"));
}

TEST(Visit, IsKnownByNameAndByTitle) {
  for (const Visit visit : allVisits) {
    EXPECT_EQ(visitNamed(nameOf(visit), "t"), visit);
    EXPECT_EQ(visitNamed(titleOf(visit), "t"), visit);
  }
  EXPECT_EQ(visitNamed("6M", "t"), Visit::SixMonths);
  EXPECT_THAT(faultOf([] { visitNamed("3_months", "--visit"); }), HasSubstr("there is no visit"));
}

TEST(Measurement, CodesDatesSidesAndSitesAreChecked) {
  EXPECT_EQ(checkedCode("P-07.a", "t"), "P-07.a");
  EXPECT_THAT(faultOf([] { checkedCode("Jane Doe", "t"); }), HasSubstr("never a name"));
  for (const char* text : {"", ".", ".."})
    EXPECT_THAT(faultOf([&] { checkedCode(text, "t"); }), HasSubstr("is no code"));
  EXPECT_EQ(checkedCode("...", "t"), "...");
  EXPECT_EQ(checkedDate("2028-02-29", "t"), "2028-02-29");
  for (const char* wrong : {"2026-02-29", "26-11-25", "2026-13-01", "2026/11/25", "2026-+1-01"})
    EXPECT_THAT(faultOf([&] { checkedDate(wrong, "t"); }), HasSubstr("is no date")) << wrong;
  EXPECT_THAT(faultOf([] { checkedSide("both", "t"); }), HasSubstr("left or right"));
  EXPECT_THAT(faultOf([] { checkedSite(scaleNamed("barthel", "t"), "elbow", "t"); }), HasSubstr("not taken"));
  EXPECT_EQ(checkedSite(scaleNamed("ashworth", "t"), "elbow flexors", "t"), "elbow flexors");
}

}  // namespace
}  // namespace acuguide::outcomes
