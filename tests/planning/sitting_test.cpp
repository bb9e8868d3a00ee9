#include "planning/sitting.h"

#include "core/error.h"
#include "planning/atlas.h"
#include "planning/new_plan.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <unistd.h>

namespace acuguide::planning {
namespace {

namespace fs = std::filesystem;

class SittingTest : public ::testing::Test {
 protected:
  SittingTest() {
    folder_ = fs::temp_directory_path() / ("acuguide_sitting_" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~SittingTest() override { fs::remove_all(folder_); }

  static SittingPoint point(const char* code, BodySide side = BodySide::Left) {
    SittingPoint made;
    made.plan = newPlan(code, side);
    made.plan.patientCode = "P07";
    return made;
  }
  static Sitting sitting() {
    Sitting made;
    made.patientCode = "P07";
    made.affectedSide = BodySide::Left;
    made.startedUtc = "2026-12-01T16:40:00Z";
    made.points = {point("ST36"), point("LI10", BodySide::Right)};
    made.points[0].done = true;
    made.points[0].insertions = {"ST36_left_1", "ST36_left_2"};
    made.current = 1;
    return made;
  }
  std::string refusal(const std::function<void(Sitting&)>& change) {
    Sitting wrong = sitting();
    change(wrong);
    try {
      writeSitting(wrong, folder_ / "wrong.json");
    } catch (const Error& error) {
      return error.what();
    }
    return {};
  }

  fs::path folder_;
};

TEST_F(SittingTest, IsReadAsItWasWritten) {
  const Sitting before = sitting();
  writeSitting(before, folder_ / sittingFile);
  const Sitting after = readSitting(folder_ / sittingFile);
  EXPECT_EQ(after.patientCode, "P07");
  EXPECT_EQ(after.affectedSide, BodySide::Left);
  EXPECT_EQ(after.startedUtc, before.startedUtc);
  ASSERT_EQ(after.points.size(), 2u);
  EXPECT_EQ(after.current, 1u);
  EXPECT_TRUE(after.points[0].done);
  EXPECT_EQ(after.points[0].insertions, before.points[0].insertions);
  for (std::size_t i = 0; i < 2; ++i)
    EXPECT_EQ(planText(after.points[i].plan), planText(before.points[i].plan));
  EXPECT_EQ(nextInsertion(after), "LI10_right_1");
}

TEST_F(SittingTest, WhatMakesNoSenseIsRefusedAndSaysWhere) {
  EXPECT_NE(refusal([](Sitting& s) { s.points[1].plan.patientCode = "P08"; }).find("P08"), std::string::npos);
  EXPECT_NE(refusal([](Sitting& s) { s.current = 2; }).find("current"), std::string::npos);
  EXPECT_NE(refusal([](Sitting& s) { s.points.clear(); }), "");
  EXPECT_NE(refusal([](Sitting& s) { s.patientCode = "a name"; }), "");
  EXPECT_NE(refusal([](Sitting& s) { s.points[0].insertions = {"../other"}; }).find("../other"),
            std::string::npos);
  EXPECT_NE(refusal([](Sitting& s) {
              while (static_cast<int>(s.points.size()) <= atlas().mostPointsASession)
                s.points.push_back(point("LI4"));
            }).find("at most"),
            std::string::npos);
  EXPECT_FALSE(fs::exists(folder_ / "wrong.json"));
}

TEST_F(SittingTest, ThePatientsAnswersHoldAtTheNextPointAndTheSitesDoNot) {
  Checklist before;
  before.date = "2026-12-01";
  for (const auto& item : contraindications()) before.answers[item.id] = Answer::No;
  const Checklist next = carriedOver(before);
  EXPECT_EQ(judgeChecklist(next, before.date).open, (std::vector<std::string>{"infection", "implant"}));
}

TEST_F(SittingTest, PastOnesAreFoundNewestFirstAndOthersAreLeftOut) {
  for (const char* day : {"2026-11-29", "2026-12-01", "2026-11-30"}) {
    Sitting one = sitting();
    one.startedUtc = std::string(day) + "T09:00:00Z";
    fs::create_directories(folder_ / day);
    writeSitting(one, folder_ / day / sittingFile);
  }
  fs::create_directories(folder_ / "broken");
  std::ofstream(folder_ / "broken" / sittingFile) << "{";
  const auto past = pastSittings(folder_);
  ASSERT_EQ(past.size(), 3u);
  EXPECT_EQ(past[0].folder.filename(), "2026-12-01");
  EXPECT_EQ(past[2].folder.filename(), "2026-11-29");
  EXPECT_EQ(pastSittings(folder_, 1).size(), 1u);
  EXPECT_TRUE(pastSittings(folder_ / "not there").empty());
}

}  // namespace
}  // namespace acuguide::planning
