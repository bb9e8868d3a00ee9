#include "acquisition/natural_order.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace acuguide::acquisition {
namespace {

TEST(NaturalOrder, ComparesNumbersByValue) {
  std::vector<std::string> names = {"f10.png", "f2.png", "f1.png", "a20b3", "a3b20", "f002.png", "f", "f1a"};
  std::ranges::sort(names, [](const std::string& a, const std::string& b) { return naturalLess(a, b); });
  EXPECT_THAT(names,
              testing::ElementsAre("a3b20", "a20b3", "f", "f1.png", "f1a", "f002.png", "f2.png", "f10.png"));
}

TEST(NaturalOrder, TakesNumbersOfAnyLength) {
  EXPECT_TRUE(naturalLess("99999999999999999999999998", "99999999999999999999999999"));
  EXPECT_TRUE(naturalLess("9", "00000000000000000000000000010"));
}

TEST(NaturalOrder, IsStrict) {
  EXPECT_FALSE(naturalLess("a1", "a1"));
  EXPECT_NE(naturalLess("a01", "a1"), naturalLess("a1", "a01"));
}

}  // namespace
}  // namespace acuguide::acquisition
