#include "acquisition/text_table.h"

#include "acquisition/scratch_folder.h"
#include "acquisition/test_frames.h"

#include <gmock/gmock.h>

namespace acuguide::acquisition {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class TextTables : public testing::Test {
 protected:
  TextTable read(const std::string& content, TextTableOptions options = {}) {
    return TextTable(folder_.write("t.csv", content), options);
  }
  std::string refusal(const std::string& content, TextTableOptions options = {}) {
    return errorOf([&] { read(content, options); });
  }

 private:
  ScratchFolder folder_;
};

TEST_F(TextTables, TheFirstRowIsAHeadingOnlyWhenNothingInItIsANumber) {
  EXPECT_THAT(read("name,x\nP,1\n").heading(), ElementsAre("name", "x"));
  EXPECT_EQ(read("name,x\nP,1\n").rows().size(), 1u);
  EXPECT_THAT(read("P,1\nQ,2\n").heading(), IsEmpty());
  EXPECT_EQ(read("P,1\nQ,2\n").rows().size(), 2u);
  // A slip of the pen in the first row of data must not pass for a heading.
  EXPECT_EQ(read("0,0,O\n1,2,3\n").rows().size(), 2u);
  EXPECT_EQ(read("patella;0,5\n").rows().size(), 1u) << "a decimal comma is a number too";
  EXPECT_EQ(read("patella,,\n").rows().size(), 1u) << "a heading names every column";
}

TEST_F(TextTables, AByteOrderMarkIsNoPartOfTheFirstCell) {
  const TextTable table = read("\xEF\xBB\xBFpatella,1\ntibia,2\n");
  ASSERT_EQ(table.rows().size(), 2u);
  EXPECT_EQ(table.rows()[0].cells[0], "patella");
  const TextTable numbers = read(
      "\xEF\xBB\xBF"
      "1,2\n");
  ASSERT_EQ(numbers.rows().size(), 1u);
  EXPECT_DOUBLE_EQ(numbers.number(numbers.rows()[0], 0), 1.0);
  EXPECT_THAT(refusal(std::string("\xFF\xFE"
                                  "1\0,\0",
                                  6)),
              HasSubstr("UTF-16"));
  EXPECT_THAT(refusal(std::string("1,2\0", 4)), HasSubstr("not a table of text"));
}

TEST_F(TextTables, TheSeparatorIsTheOneOfTheFirstRow) {
  for (const char* text : {"a,b,c\n", "a;b;c\n", "a\tb\tc\n", "a ; b ; c\r\n", "a,b,c\r", "a,\"b\",c"})
    EXPECT_THAT(read(text).heading(), ElementsAre("a", "b", "c")) << text;
  EXPECT_THAT(read("\"a;b\",c\n").heading(), ElementsAre("a;b", "c"));
}

TEST_F(TextTables, QuotesCommentsAndEmptyLines) {
  const TextTable table = read("\n# the \"tracker, 5\"\nP,\"1,5 \"\"m\"\"\"\n\n", {.comments = true});
  ASSERT_EQ(table.heading().size(), 2u);
  EXPECT_EQ(table.heading()[1], "1,5 \"m\"");
  const TextTable numbered = read("# one\n\n1,2\n3,x\n", {.comments = true});
  EXPECT_THAT(numbered.where(numbered.rows()[1]), testing::EndsWith("t.csv line 4"));
  EXPECT_EQ(read("#1,2\n").rows().size(), 1u) << "where there are no comments it is data";
  EXPECT_THAT(refusal("1,2\n3,\"4\n"), HasSubstr("line 2: a quote is opened"));
}

TEST_F(TextTables, SaysWhyACellIsNotANumber) {
  const TextTable table = read("1,O\n\"0,25\",\n");
  EXPECT_THAT(errorOf([&] { table.number(table.rows()[0], 1); }), HasSubstr("line 1: \"O\" is not a number"));
  EXPECT_THAT(errorOf([&] { table.number(table.rows()[1], 0); }), HasSubstr("0,25 with a decimal comma"));
  EXPECT_THAT(errorOf([&] { table.number(table.rows()[1], 1); }), HasSubstr("empty cell"));
}

TEST_F(TextTables, RowsOfNumbersHoweverSeparated) {
  const TextTableOptions numbers{.comments = true, .anySeparator = true};
  for (const char* text :
       {"1,2,3,4\n", "1 2 3 4\n", "1, 2, 3, 4\n", "1;2;3;4;\n", "[1,2;3,4]\n", "1\t2\t3\t4\n"})
    EXPECT_THAT(read(text, numbers).rows()[0].cells, ElementsAre("1", "2", "3", "4")) << text;
  const TextTable decimal = read("0,5 1,5\n", numbers), semicolons = read("0,5;1;-2,25\n", numbers);
  EXPECT_THAT(errorOf([&] { decimal.number(decimal.rows()[0], 0); }), HasSubstr("0,5 with a decimal comma"));
  EXPECT_THAT(errorOf([&] { semicolons.number(semicolons.rows()[0], 2); }),
              HasSubstr("-2,25 with a decimal"));
}

TEST_F(TextTables, PipesFoldersAndMissingFilesAreRefused) {
  const ScratchFolder folder;
  EXPECT_THAT(errorOf([&] { TextTable((folder / "none.csv")); }), HasSubstr("there is no such file"));
  EXPECT_THAT(errorOf([&] { TextTable(folder.path()); }), HasSubstr("it is a folder"));
}

}  // namespace
}  // namespace acuguide::acquisition
