#include "calibration/report/result.h"

#include "calibration/report/report.h"
#include "core/error.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace acuguide::calibration {
namespace {

namespace fs = std::filesystem;

class ResultFiles : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "acuguide-calibration-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder = name;
  }
  void TearDown() override { fs::remove_all(folder); }

  static std::string textOf(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
  }
  static Result resultOf(bool usable) {
    Result result;
    result.kind = "pivot";
    result.usable = usable;
    result.reasons = {"a sentence"};
    result.details = {{"tipMm", {1.5, -2.0, 194.25}}, {"rmsMm", 0.1}};
    return result;
  }

  fs::path folder;
};

TEST_F(ResultFiles, ReadsBackWhatWasWritten) {
  Result result = resultOf(true);
  std::ofstream(folder / "poses.csv") << "abc";
  result.inputs.push_back(inputFile("poses", folder / "poses.csv"));
  EXPECT_EQ(result.inputs[0].sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  publish(result, Report("r"), folder / "R.json");
  const Result read = readResult(folder / "R.json");
  EXPECT_EQ(read.kind, "pivot");
  EXPECT_TRUE(read.usable);
  EXPECT_EQ(read.reasons, result.reasons);
  EXPECT_EQ(read.created.size(), 20u);
  EXPECT_EQ(read.inputs[0].sha256, result.inputs[0].sha256);
  EXPECT_EQ(read.details, result.details);
  EXPECT_TRUE(fs::exists(folder / "R.html"));
}

TEST_F(ResultFiles, AnUnusableResultDoesNotReplaceAUsableOne) {
  publish(resultOf(true), Report("good"), folder / "R.json");
  const std::string good = textOf(folder / "R.json"), page = textOf(folder / "R.html");
  const fs::path where = publish(resultOf(false), Report("bad"), folder / "R.json");
  EXPECT_EQ(where, folder / "R.rejected.json");
  EXPECT_EQ(textOf(folder / "R.json"), good);
  EXPECT_EQ(textOf(folder / "R.html"), page);
  EXPECT_FALSE(readResult(where).usable);
}

TEST_F(ResultFiles, AnUnusableResultIsWrittenWhereNoneWas) {
  EXPECT_EQ(publish(resultOf(false), Report("bad"), folder / "R.json"), folder / "R.json");
  EXPECT_FALSE(readResult(folder / "R.json").usable);
}

TEST_F(ResultFiles, WhatCannotBeWrittenLeavesWhatWasThere) {
  publish(resultOf(true), Report("good"), folder / "R.json");
  const std::string good = textOf(folder / "R.json");
  std::ofstream(folder / "R.html") << "<p>somebody's notes";  // in the place of its page
  EXPECT_THROW(publish(resultOf(true), Report("new"), folder / "R.json"), Error);
  EXPECT_EQ(textOf(folder / "R.json"), good);
  EXPECT_EQ(textOf(folder / "R.html"), "<p>somebody's notes");
}

TEST_F(ResultFiles, ForeignAndDamagedFilesAreRefusedByName) {
  std::ofstream(folder / "plan.json") << R"({"format": "acuguide.plan/1"})";
  std::ofstream(folder / "cut.json") << R"({"format": "acuguide.calibration/1", "kind")";
  std::ofstream(folder / "odd.json") << R"({"format": "acuguide.calibration/1", "kind": 4})";
  for (const char* name : {"plan.json", "cut.json", "odd.json", "none.json"}) {
    try {
      readResult(folder / name);
      FAIL() << name;
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), testing::HasSubstr(name));
    }
  }
}

TEST_F(ResultFiles, AFolderHasADigestOfItsFiles) {
  fs::create_directory(folder / "poses");
  std::ofstream(folder / "poses" / "a.txt") << "1";
  const std::string one = inputFile("poses", folder / "poses").sha256;
  std::ofstream(folder / "poses" / "b.txt") << "2";
  const std::string two = inputFile("poses", folder / "poses").sha256;
  EXPECT_EQ(one.size(), 64u);
  EXPECT_NE(one, two);
}

}  // namespace
}  // namespace acuguide::calibration
