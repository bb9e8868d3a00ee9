#include "outcomes/measurement_csv.h"

#include "core/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace acuguide::outcomes {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class MeasurementCsv : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "acuguide-csv-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path file(const std::string& text) {
    std::ofstream(folder_ / "scores.csv", std::ios::binary) << text;
    return folder_ / "scores.csv";
  }
  std::string faultOf(const std::string& text) {
    try {
      readMeasurements(file(text));
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }
  fs::path folder_;
};

TEST_F(MeasurementCsv, WhatIsWrittenIsReadAgain) {
  Records records;
  records.people = {{"P1", "treated", "left"}, {"P2", "control, second arm \"b\"", ""}};
  const Score grade{4, "4"}, spastic{2, "1+"};
  records.measurements.push_back({"P1", Visit::Baseline, "ueda_upper", "", grade, "2026-11-25", "A1"});
  records.measurements.push_back({"P2", Visit::SixMonths, "ashworth", "elbow flexors", spastic, "", ""});
  writeMeasurements(records, folder_ / "out.csv");
  const ReadRecords read = readMeasurements(folder_ / "out.csv");
  EXPECT_EQ(read.records.people, records.people);
  EXPECT_EQ(read.records.measurements, records.measurements);
  EXPECT_EQ(read.notMeasured, 0u);
}

TEST_F(MeasurementCsv, ReadsWhatSpreadsheetsWrite) {
  const ReadRecords read = readMeasurements(
      file("\xEF\xBB\xBFperson,group,visit,scale,value\r\nP1,treated,baseline,adl,\"60\"\r\n\r\n"
           "P1,,6 months,barthel,85\r\nP2,control,baseline,barthel,\r\n"));
  ASSERT_EQ(read.records.measurements.size(), 2u);
  EXPECT_EQ(read.records.measurements[0].scale, "barthel");
  EXPECT_EQ(read.records.people[0].group, "treated");
  EXPECT_EQ(read.records.people[1].code, "P2") << "who was not scored is still known to be missing";
  EXPECT_EQ(read.notMeasured, 1u);
}

TEST_F(MeasurementCsv, EveryFaultIsOneSentenceWithItsLine) {
  const std::string head = "person,group,visit,scale,value\n";
  EXPECT_THAT(faultOf(head + "P1,a,baseline,barthel,fair\n"), HasSubstr("line 2: \"fair\" is no number"));
  EXPECT_THAT(faultOf(head + "P1,a,baseline,barthel,101\n"), HasSubstr("line 2: 101 is outside barthel"));
  EXPECT_THAT(faultOf(head + "P1,a,baseline,gait,1\n"), HasSubstr("line 2: there is no scale \"gait\""));
  EXPECT_THAT(faultOf(head + "P1,a,later,barthel,1\n"), HasSubstr("line 2: there is no visit \"later\""));
  EXPECT_THAT(faultOf(head + "P1,a,baseline,barthel\n"), HasSubstr("line 2: has 4 cells, the heading 5"));
  EXPECT_THAT(faultOf(head + "P1,\"a,baseline,barthel,1\n"), HasSubstr("line 2: a quote is opened"));
  EXPECT_THAT(faultOf(head + "P1,a,baseline,barthel,1\nP1,a,baseline,barthel,2\n"),
              HasSubstr("line 3: gives the same score"));
  EXPECT_THAT(faultOf(head + "P1,a,baseline,barthel,1\nP1,b,6m,barthel,2\n"),
              HasSubstr("line 3: P1 is in group a on a line above, and b here"));
  EXPECT_THAT(faultOf("person,visit,value\nP1,baseline,1\n"), HasSubstr("has no column \"scale\""));
  EXPECT_THAT(faultOf("person,visit,scale,value,name\n"), HasSubstr("the column \"name\" is not known"));
  EXPECT_THAT(faultOf("person,visit,scale,value,value\n"), HasSubstr("there twice"));
  EXPECT_THAT(faultOf(""), HasSubstr("is empty"));
  EXPECT_THAT(faultOf("person,visit,scale,value,rank\nP1,baseline,ashworth,1+,3\n"), HasSubstr("the rank 3"));
  EXPECT_THROW(readMeasurements(folder_ / "nowhere.csv"), Error);
  EXPECT_THROW(readMeasurements(folder_), Error);
}

}  // namespace
}  // namespace acuguide::outcomes
