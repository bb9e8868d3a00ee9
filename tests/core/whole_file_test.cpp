#include "core/whole_file.h"

#include "core/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace acuguide {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

std::string contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void put(const fs::path& path, std::string_view text) { std::ofstream(path, std::ios::binary) << text; }

class WholeFileTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::path(testing::TempDir()) / "whole_file_XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path operator/(const std::string& name) const { return folder_ / name; }
  const fs::path& folder() const { return folder_; }

  std::size_t entries() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }

  /// The sentence with which writing `text` to `path` is refused; empty when it is not.
  static std::string refusal(const fs::path& path, const std::string& text) {
    try {
      writeWholeFile(path, text, "the test");
    } catch (const Error& error) {
      return error.what();
    }
    return {};
  }

 private:
  fs::path folder_;
};

const std::string plan = R"({"format": "acuguide.plan/1", "side": "left"})";
const std::string otherPlan = R"({"side": "right", "format" : "acuguide.plan/2"})";
const std::string result = R"({"format": "acuguide.calibration/1"})";
constexpr std::string_view sqlite("SQLite format 3\0 and tables", 28);

TEST_F(WholeFileTest, WritesAndReplacesAResultOfTheSameKind) {
  writeWholeFile(*this / "a.json", plan, "the test");
  writeWholeFile(*this / "a.json", otherPlan, "the test");
  EXPECT_EQ(contents(*this / "a.json"), otherPlan);
  EXPECT_EQ(entries(), 1u) << "no part is left";
  struct stat state {};
  ASSERT_EQ(stat((*this / "a.json").c_str(), &state), 0);
  EXPECT_EQ(state.st_mode & 0777, 0600u);
}

TEST_F(WholeFileTest, AnEmptyFileIsReplacedByAnything) {
  put(*this / "empty", "");
  EXPECT_EQ(refusal(*this / "empty", "what no kind is known of"), "");
}

TEST_F(WholeFileTest, WhatItDidNotWriteStays) {
  const std::pair<const char*, std::string> strangers[] = {
      {"notes.txt", "of the patient"},
      {"o.sqlite", std::string(sqlite)},
      {"other.json", R"({"format": "somebody.else/1"})"},
      {"scan.png", "\x89PNG\r\n\x1a\n of the scanner"},
      {"letter.pdf", "%PDF-1.4 of the hospital"},
      {"scores.csv", "name,birth date\nJane Doe,1950\n"},
      {"video.mkv", "\x1a\x45\xdf\xa3 of the scanner"},
      {"image.dcm", std::string(128, '\0') + "DICM of the scanner"}};
  for (const auto& [name, text] : strangers) {
    put(*this / name, text);
    EXPECT_THAT(refusal(*this / name, plan), HasSubstr(name));
    EXPECT_THAT(refusal(*this / name, text), HasSubstr(name)) << "also not by its like";
    EXPECT_EQ(contents(*this / name), text);
  }
  EXPECT_EQ(entries(), std::size(strangers)) << "no part is left";
}

TEST_F(WholeFileTest, AResultOfAnotherKindStays) {
  const std::pair<std::string, std::string> kinds[] = {
      {plan, result}, {"frame,state\n0,none\n", "frame,label\n"}, {"%PDF-1.4 by acuguide", plan}};
  for (const auto& [there, next] : kinds) {
    put(*this / "result", there);
    EXPECT_THAT(refusal(*this / "result", next), HasSubstr("something else"));
    EXPECT_EQ(contents(*this / "result"), there);
  }
}

TEST_F(WholeFileTest, KnowsItsResultsByTheirBytes) {
  const std::pair<std::string, std::string> kinds[] = {
      {plan, "acuguide.plan"},
      {"frame,state\r\n0,none\r\n", "table: frame,state"},
      {"%PDF-1.4 by acuguide", "PDF"},
      {std::string("%PDF-1.4 by \0a\0c\0u\0g\0u\0i\0d\0e", 28), "PDF"},
      {"<!doctype html><p>acuguide", "HTML page"},
      {"<!doctype html>" + std::string(1 << 20, ' ') + "acuguide", "HTML page"},
      {"<!doctype html>" + std::string(1 << 20, ' ') + "someone", ""},
      {std::string(sqlite), ""},
      {"one line, with a comma and no end", ""},
      {"", ""}};
  for (const auto& [text, kind] : kinds) {
    put(*this / "file", text);
    EXPECT_EQ(kindOfResult(*this / "file"), kind) << text.substr(0, 40);
  }
  EXPECT_EQ(kindOfResult(folder()), "");
}

TEST_F(WholeFileTest, ASessionAndADatabaseKeepTheirFiles) {
  fs::create_directory(*this / "s");
  put(*this / "s/session.sqlite", sqlite);
  for (const char* name : {"session.sqlite", "session.sqlite-wal", "video.mkv", "VIDEO.MKV", "plan.json"})
    EXPECT_THAT(refusal(*this / "s" / name, plan), HasSubstr("recorded session")) << name;
  EXPECT_EQ(refusal(*this / "s/mine.json", plan), "");
  writeWholeFile(*this / "s/plan.json", plan, "the plan", WholeFile::Place::InOwnSession);
  put(*this / "o.sqlite", sqlite);
  for (const char* name : {"o.sqlite-wal", "o.sqlite-journal", "o.sqlite-shm"})
    EXPECT_THAT(refusal(*this / name, plan), HasSubstr("database")) << name;
}

TEST_F(WholeFileTest, LinksAreFollowed) {
  put(*this / "o.sqlite", sqlite);
  fs::create_symlink(*this / "o.sqlite", *this / "link");
  EXPECT_THAT(refusal(*this / "link", plan), HasSubstr("database"));
  put(*this / "plan.json", plan);
  fs::create_symlink("plan.json", *this / "to-plan");
  EXPECT_EQ(refusal(*this / "to-plan", otherPlan), "");
  EXPECT_TRUE(fs::is_symlink(*this / "to-plan"));
  EXPECT_EQ(contents(*this / "plan.json"), otherPlan);
  fs::create_symlink("loop", *this / "loop");
  EXPECT_THAT(refusal(*this / "loop", plan), HasSubstr("loop"));
}

TEST_F(WholeFileTest, OnlyOrdinaryFilesInFoldersThatAreThere) {
  EXPECT_THAT(refusal(folder(), plan), HasSubstr("is a folder"));
  EXPECT_THAT(refusal(*this / "no/such/folder", plan), HasSubstr("cannot be written"));
  EXPECT_THAT(refusal("/dev/null", plan), HasSubstr("device"));
  EXPECT_THAT(refusal("", plan), HasSubstr("names no file"));
}

TEST_F(WholeFileTest, UntilItIsWholeTheOldOneStays) {
  put(*this / "a.json", plan);
  {
    const WholeFile file(*this / "a.json", "the test");
    EXPECT_EQ(file.part().extension(), ".json");
    put(file.part(), "half");
    EXPECT_EQ(contents(*this / "a.json"), plan);
  }
  EXPECT_EQ(contents(*this / "a.json"), plan);
  EXPECT_EQ(entries(), 1u);
}

TEST_F(WholeFileTest, AKilledWriterLeavesTheOldOne) {
  put(*this / "a.json", plan);
  const pid_t child = fork();
  if (child == 0) {
    const WholeFile file(*this / "a.json", "the test");
    put(file.part(), "half");
    raise(SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(contents(*this / "a.json"), plan);
  EXPECT_EQ(refusal(*this / "a.json", otherPlan), "") << "the part that was left is in nobody's way";
}

class WholeFolderTest : public WholeFileTest {
 protected:
  static bool wrote(const fs::path& name) { return name == "frames.csv" || name == "overlay/0.png"; }

  std::string folderRefusal(const fs::path& path) {
    try {
      WholeFolder out(path, wrote);
      put(out.part() / "frames.csv", "frame,x\nnew\n");
      out.commit();
    } catch (const Error& error) {
      return error.what();
    }
    return {};
  }
};

TEST_F(WholeFolderTest, IsThereWhenItIsWholeAndReplacesAnEarlierRunWhole) {
  {
    WholeFolder out(*this / "new/run/", wrote);
    put(out.part() / "frames.csv", "frame,x\nold\n");
    fs::create_directory(out.part() / "overlay");
    put(out.part() / "overlay/0.png", "old");
    EXPECT_FALSE(fs::exists(*this / "new/run"));
    EXPECT_FALSE(out.replaces());
    out.commit();
  }
  EXPECT_EQ(fs::status(*this / "new/run").permissions(), fs::perms::owner_all);
  {
    WholeFolder out(*this / "new/run", wrote);
    put(out.part() / "frames.csv", "frame,x\nfailed\n");
    EXPECT_TRUE(out.replaces());
  }
  EXPECT_EQ(contents(*this / "new/run/frames.csv"), "frame,x\nold\n");
  EXPECT_EQ(folderRefusal(*this / "new/run"), "");
  EXPECT_EQ(contents(*this / "new/run/frames.csv"), "frame,x\nnew\n");
  EXPECT_FALSE(fs::exists(*this / "new/run/overlay")) << "nothing of the earlier run is mixed in";
  EXPECT_EQ(std::distance(fs::directory_iterator(*this / "new"), fs::directory_iterator()), 1);
}

TEST_F(WholeFolderTest, WhatItDidNotWriteStays) {
  fs::create_directory(*this / "mine");
  EXPECT_EQ(folderRefusal(*this / "mine"), "") << "an empty folder is taken";
  put(*this / "mine/letter.txt", "of the patient");
  EXPECT_THAT(folderRefusal(*this / "mine"), HasSubstr("letter.txt"));
  EXPECT_EQ(contents(*this / "mine/letter.txt"), "of the patient");
  fs::create_directories(*this / "linked");
  fs::create_symlink(*this / "mine/letter.txt", *this / "linked/frames.csv");
  EXPECT_THAT(folderRefusal(*this / "linked"), HasSubstr("frames.csv"));
  put(*this / "file", "text");
  EXPECT_THAT(folderRefusal(*this / "file"), HasSubstr("is a file"));
  fs::create_directory(*this / "session");
  put(*this / "session/session.sqlite", sqlite);
  EXPECT_THAT(folderRefusal(*this / "session"), HasSubstr("session"));
  EXPECT_THAT(folderRefusal(*this / "session/tables"), HasSubstr("recorded session"));
}

}  // namespace
}  // namespace acuguide
