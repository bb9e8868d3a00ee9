#include "benchmarks/result_tables.h"

#include <gmock/gmock.h>

#include <sstream>

namespace acuguide::benchmarks {
namespace {

benchmark::BenchmarkReporter::Run run(const std::string& name, double cpuMs) {
  benchmark::BenchmarkReporter::Run result;
  result.run_name.function_name = name;
  result.time_unit = benchmark::kMillisecond;
  result.iterations = 1;
  result.cpu_accumulated_time = cpuMs * 1e-3;
  return result;
}

std::string tables(const std::vector<benchmark::BenchmarkReporter::Run>& runs) {
  std::ostringstream console, out;
  ResultTables tables;
  tables.SetOutputStream(&console);
  tables.SetErrorStream(&console);
  for (const auto& one : runs) tables.ReportRuns({one});
  tables.print(out);
  return out.str();
}

TEST(ResultTables, PutsPeersBesideOursWithTheirRatio) {
  const std::string text =
      tables({run("peer/muscle/ours_whole/process_time", 5), run("peer/muscle/itk_objectness", 200)});
  EXPECT_THAT(text, testing::HasSubstr("ours_whole"));
  EXPECT_THAT(text, testing::HasSubstr("40.0x"));
  EXPECT_THAT(text, testing::Not(testing::HasSubstr("canny_hough")));
}

TEST(ResultTables, ShowsStagesOfAFrame) {
  auto frame = run("frame/muscle/still/iterations:300", 6);
  frame.counters["planes p99_ms"] = 7.25;
  const std::string text = tables({frame});
  EXPECT_THAT(text, testing::HasSubstr("muscle/still"));
  EXPECT_THAT(text, testing::HasSubstr("7.250"));
}

TEST(ResultTables, SaysNothingOfWhatWasNotRun) { EXPECT_EQ(tables({}), ""); }

}  // namespace
}  // namespace acuguide::benchmarks
