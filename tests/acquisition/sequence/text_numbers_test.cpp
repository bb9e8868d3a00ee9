#include "acquisition/sequence/text_numbers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace acuguide::acquisition {
namespace {

TEST(TextNumbers, ReadsWhatWindowsProgramsWrite) {
  EXPECT_THAT(numbersIn(" -0 0 9.38348e-005\t+1 1e3  "),
              testing::Optional(testing::ElementsAre(0, 0, 9.38348e-5, 1, 1000)));
  EXPECT_TRUE(std::isnan(numberIn("nan").value()));
}

TEST(TextNumbers, RefusesWhatIsOnlyPartlyANumber) {
  EXPECT_FALSE(numberIn("1.5mm"));
  EXPECT_FALSE(numberIn("1,5"));
  EXPECT_FALSE(numberIn(""));
  EXPECT_FALSE(numbersIn("1 2 x"));
  EXPECT_FALSE(wholeNumberIn("1.0"));
  EXPECT_FALSE(wholeNumberIn("99999999999999999999"));
}

TEST(TextNumbers, WritesNumbersThatReadBackTheSame) {
  for (const double value : {0.1, 2572.905343, -1.0 / 3.0, 1e-300, 123456789.123456789}) {
    EXPECT_EQ(numberIn(numberText(value)), value);
  }
}

}  // namespace
}  // namespace acuguide::acquisition
