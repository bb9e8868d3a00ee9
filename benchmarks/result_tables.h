#pragma once

#include <benchmark/benchmark.h>

#include <map>
#include <ostream>
#include <string>
#include <vector>

namespace acuguide::benchmarks {

/// Google Benchmark's console lines as they come, and at the end what they say side by side. Names of
/// benchmarks are "frame/SET/stream|still", "size/WxH/threads:N" and "peer/SET/NAME"; the counters of the
/// first two are "STAGE median_ms", "STAGE p99_ms", "STAGE cpu_median_ms", "STAGE cpu_p99_ms", "STAGE
/// allocations", "STAGE most_allocations" and "STAGE kB".
class ResultTables : public benchmark::ConsoleReporter {
 public:
  ResultTables() : ConsoleReporter(OO_Tabular) {}

  void ReportRuns(const std::vector<Run>& runs) override;

  /// Time and allocations by stage; time by size and threads; peers and ratios. Only what was run.
  void print(std::ostream& out) const;

 private:
  using Counters = std::map<std::string, double>;
  void printStages(std::ostream& out) const;
  void printSizes(std::ostream& out) const;
  void printPeers(std::ostream& out) const;

  std::vector<std::pair<std::string, Counters>> frames_, sizes_;
  std::map<std::string, std::map<std::string, double>> peers_;  ///< set, peer: ms of processor time a frame
};

}  // namespace acuguide::benchmarks
