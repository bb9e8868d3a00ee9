#include "core/utf8_text.h"

#include "core/error.h"

#include <gtest/gtest.h>

namespace acuguide {
namespace {

TEST(Utf8Text, KeepsUtf8AndReplacesEveryOtherByte) {
  for (const char* text : {"", "plain", "\xC3\xBC", "\xE8\xB6\x85\xE5\xA3\xB0", "\xF0\x9F\x98\x80"}) {
    EXPECT_TRUE(isUtf8(text));
    EXPECT_EQ(utf8Text(text), text);
  }
  EXPECT_EQ(utf8Text("a\xFC"
                     "b"),
            "a\xEF\xBF\xBD"
            "b")
      << "Latin-1";
  EXPECT_EQ(utf8Text("\xE8\xB6"), "\xEF\xBF\xBD\xEF\xBF\xBD") << "cut off";
  for (const char* wrong : {"\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80", "\xE0\x80\x80", "\xFF"})
    EXPECT_FALSE(isUtf8(wrong));
}

TEST(Utf8Text, RefusesANameThatIsNot) {
  EXPECT_NO_THROW(requireUtf8Name("/tmp/\xE8\xB6\x85", "a session"));
  EXPECT_THROW(requireUtf8Name("/tmp/\xB2\xA1", "a session"), Error);
}

}  // namespace
}  // namespace acuguide
