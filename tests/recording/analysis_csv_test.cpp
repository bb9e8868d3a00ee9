#include "recording/analysis_csv.h"

#include "core/error.h"
#include "full_disk.h"
#include "recording/session_samples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <limits>
#include <locale>

namespace acuguide::recording {
namespace {

using samples::linesOf;
using samples::TemporaryFolder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;
using testing::ThrowsMessage;

TEST(AnalysisCsv, WritesEveryTableWithItsColumns) {
  const TemporaryFolder folder;
  AnalysisCsvWriter writer(folder / "out", true);
  auto snapshot = samples::snapshot(0);
  snapshot->guidance = samples::guidance();
  writer.write(*snapshot);
  writer.finish();

  EXPECT_THAT(linesOf(folder / "out/frames.csv"),
              ElementsAre("frame,image,time_s,region_x,region_y,region_w,region_h,spacing_x_mm,spacing_y_mm,"
                          "decode_ms,imaging_ms,tracking_ms,guidance_ms,total_ms",
                          "0,,12.5,4,2,80,60,0.0712,0.0698,2,10.5,0.5,0.25,11.25"));
  EXPECT_THAT(
      linesOf(folder / "out/needle.csv"),
      ElementsAre("frame,state,confidence,tip_x_px,tip_y_px,tail_x_px,tail_y_px,angle_deg,tip_sigma_px,"
                  "tip_ahead_px,tip_behind_px",
                  "0,observed,0.93,50,30,10,10,-26.565,2,0,0"));
  EXPECT_THAT(
      linesOf(folder / "out/planes.csv"),
      ElementsAre("frame,label,confidence,x_px,y_px,upper_px,lower_px",
                  "0,superficial_aponeurosis,0.9,8,20,18,22",
                  "0,superficial_aponeurosis,0.9,16,20.5,18.25,22.75", "0,deep_aponeurosis,0.75,8,40,39,41"));
  EXPECT_THAT(linesOf(folder / "out/fibres.csv"), ElementsAre("frame,angle_deg,confidence", "0,12.5,0.6"));
  EXPECT_THAT(
      linesOf(folder / "out/guidance.csv"),
      ElementsAre(
          "frame,target_x_px,target_y_px,target_depth_mm,target_source,tip_to_target_mm,"
          "lateral_error_mm,angle_error_deg,nearest_danger,danger_mm,state,"
          "target_sure,target_sigma_px",
          "0,60,40,2.792,deep_aponeurosis,1,-0.21,-2.5,\"deep peroneal nerve, left\",5.6,on_course,1,0"));
}

TEST(AnalysisCsv, LeavesEmptyWhatIsNotKnown) {
  const TemporaryFolder folder;
  AnalysisCsvWriter writer(folder.path(), true);
  navigation::GuidanceSnapshot snapshot;
  auto frame = std::make_shared<Frame>();
  frame->index = 7;
  frame->name = "case/img_7.png";
  snapshot.frame = frame;
  snapshot.guidance = guidance::Guidance{};
  writer.write(snapshot);
  snapshot.guidance->tipToTarget = ImageLength{10, std::nullopt};
  snapshot.guidance->target = guidance::TargetInPicture{{3.25, 4}, std::nullopt, "pixel"};
  writer.write(snapshot);
  writer.finish();

  EXPECT_EQ(linesOf(folder / "frames.csv")[1], "7,case/img_7.png,0,,,,,,,0,0,0,0,0");
  EXPECT_EQ(linesOf(folder / "needle.csv")[1], "7,none,0,,,,,,,,");
  EXPECT_THAT(linesOf(folder / "planes.csv"), SizeIs(1));
  EXPECT_THAT(linesOf(folder / "fibres.csv"), SizeIs(1));
  EXPECT_EQ(linesOf(folder / "guidance.csv")[1], "7,,,,,,,,,,no_needle,,");
  EXPECT_EQ(linesOf(folder / "guidance.csv")[2], "7,3.25,4,,pixel,,,,,,no_needle,1,0");
}

TEST(AnalysisCsv, WithoutPlanThereIsNoGuidanceTable) {
  const TemporaryFolder folder;
  AnalysisCsvWriter(folder.path(), false).finish();
  EXPECT_FALSE(std::filesystem::exists(folder / "guidance.csv"));
}

TEST(AnalysisCsv, AFolderThatCannotBeMadeIsAnError) {
  const TemporaryFolder folder;
  std::ofstream(folder / "file") << "in the way";
  EXPECT_THAT([&] { AnalysisCsvWriter(folder / "file/out", false); },
              ThrowsMessage<Error>(HasSubstr("choose a folder you may write to")));
}

TEST(AnalysisCsv, AFullDiskIsAnErrorAtTheEndAndLeavesTheOldTable) {
  const TemporaryFolder folder;
  std::ofstream(folder / "t.csv") << "a,b\n1,2\n";
  CsvFile file(folder / "t.csv", "a,b");
  {
    const test::FileSizeLimit full(1000);
    for (int i = 0; i < 10'000; ++i) file.integer(i).integer(i).endRow();
    EXPECT_THROW(file.finish(), Error);
  }
  EXPECT_EQ(linesOf(folder / "t.csv").back(), "1,2");
}

/// What a spreadsheet would run, and what it would not.
TEST(CsvFile, FormulasAreQuotedAndNumbersAreNot) {
  const std::pair<const char*, const char*> cells[] = {{"=1+1", "'=1+1"},
                                                       {"=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""},
                                                       {"@SUM(A1)", "'@SUM(A1)"},
                                                       {"+cmd|'/C calc'!A0", "'+cmd|'/C calc'!A0"},
                                                       {"-2+3+cmd", "'-2+3+cmd"},
                                                       {"\t=1", "'\t=1"},
                                                       {"-3.5", "-3.5"},
                                                       {"+4", "+4"},
                                                       {"-1e-3", "-1e-3"},
                                                       {"-", "-"},
                                                       {"a=b", "a=b"},
                                                       {"'t is", "'t is"},
                                                       {"", ""}};
  for (const auto& [value, cell] : cells) EXPECT_EQ(csvCell(value), cell);
  for (const char* value : {"=1+1", "@x", "-a", "'t is", "'", "plain", "-3"})
    EXPECT_EQ(fromCsvCell(csvCell(value)), value);
}

/// A decimal comma and grouped thousands, as a German or Chinese desktop may set them for the whole program.
struct CommaNumbers : std::numpunct<char> {
  char do_decimal_point() const override { return ','; }
  char do_thousands_sep() const override { return '.'; }
  std::string do_grouping() const override { return "\3"; }
};

TEST(CsvFile, NumbersAreCompactWhateverTheLocale) {
  const TemporaryFolder folder;
  const std::locale before = std::locale::global(std::locale(std::locale::classic(), new CommaNumbers));
  CsvFile file(folder / "numbers.csv", "n");
  for (const double value : {0.0, -0.0004, 1234567.5, 0.1 + 0.2, -12.3456, 100.0}) file.number(value);
  file.integer(1234567).endRow();
  file.number(std::nan(""))
      .number(std::numeric_limits<double>::infinity())
      .number(std::nullopt)
      .integer(1)
      .endRow();
  file.finish();
  std::locale::global(before);
  EXPECT_THAT(linesOf(folder / "numbers.csv"),
              ElementsAre("n", "0,0,1234567.5,0.3,-12.346,100,1234567", ",,,1"));
}

}  // namespace
}  // namespace acuguide::recording
