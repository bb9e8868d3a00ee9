#include "outcomes/printed_summary.h"

#include "core/error.h"
#include "outcomes/comparison_text.h"
#include "outcomes/number_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace acuguide::outcomes {
namespace {

using testing::HasSubstr;

WelchResult compared(const std::string& first, const std::string& second) {
  return welch(readPrintedSummary(first, "test").exact(), readPrintedSummary(second, "test").exact());
}

TEST(PrintedSummary, TheTrialsFiguresComeOutToRounding) {
  const WelchResult upper = compared("8.86,2.86,51", "6.08,3.99,51");
  EXPECT_EQ(intervalText(upper), "2.78 (1.42 to 4.15)");
  EXPECT_EQ(pText(upper.p), "p<0.001");
  const WelchResult lower = compared("10.35,1.80,51", "6.86,3.04,51");
  EXPECT_EQ(intervalText(lower), "3.49 (2.51 to 4.47)");
  EXPECT_EQ(pText(lower.p), "p<0.001");
}

TEST(PrintedSummary, AMeanOfWholeScoresIsAWholeNumberOfNths) {
  const PrintedSummary summary = readPrintedSummary("8.86,2.86,51", "test");
  ASSERT_TRUE(summary.total);
  EXPECT_EQ(*summary.total, 452);
  EXPECT_DOUBLE_EQ(summary.exact().mean, 452.0 / 51);
  EXPECT_DOUBLE_EQ(summary.printed.mean, 8.86);
}

TEST(PrintedSummary, WhereSeveralTotalsFitTheMeanStaysAsPrinted) {
  const PrintedSummary summary = readPrintedSummary("8.9,2.8,51", "test");
  EXPECT_FALSE(summary.total);
  EXPECT_FALSE(summary.impossible);
  EXPECT_DOUBLE_EQ(summary.exact().mean, 8.9);
}

TEST(PrintedSummary, AMeanThatNoWholeScoresGiveIsSaid) {
  const PrintedSummary first = readPrintedSummary("8.85,2.86,51", "test");
  EXPECT_TRUE(first.impossible);
  const PrintedSummary second = readPrintedSummary("6.08,3.99,51", "test");
  EXPECT_THAT(compareSummaries(first, second, true, "test"), HasSubstr("No whole scores give the mean"));
  EXPECT_THAT(compareSummaries(first, second, false, "test"), Not(HasSubstr("whole")));
}

TEST(PrintedSummary, AHalfWayMeanCountsWhicheverWayItWasRounded) {
  EXPECT_EQ(readPrintedSummary("0.13,0.3,8", "test").total, 1);  // 1/8 = 0.125
  EXPECT_EQ(readPrintedSummary("0.12,0.3,8", "test").total, 1);
  EXPECT_EQ(readPrintedSummary("-1.5,0.3,2", "test").total, -3);
}

TEST(PrintedSummary, WhatCannotBeReadIsSaidInOneSentence) {
  const auto faultOf = [](const std::string& text) -> std::string {
    try {
      readPrintedSummary(text, "--summary");
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_THAT(faultOf("8,1,0"), HasSubstr("the group is empty"));
  EXPECT_THAT(faultOf("8,1,1"), HasSubstr("a group of 1"));
  EXPECT_THAT(faultOf("8,x,5"), HasSubstr("\"x\" is no number"));
  EXPECT_THAT(faultOf("nan,1,5"), HasSubstr("\"nan\" is no number"));
  EXPECT_THAT(faultOf("8,-1,5"), HasSubstr("negative"));
  EXPECT_THAT(faultOf("8,1,5.5"), HasSubstr("no whole number"));
  EXPECT_THAT(faultOf("8,1"), HasSubstr("is not three numbers"));
  EXPECT_THAT(faultOf(""), HasSubstr("is not three numbers"));
}

}  // namespace
}  // namespace acuguide::outcomes
