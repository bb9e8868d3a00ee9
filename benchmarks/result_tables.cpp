#include "benchmarks/result_tables.h"

#include <cstdio>

namespace acuguide::benchmarks {

namespace {

template <typename... Values>
std::string line(const char* format, Values... values) {
  char text[256];
  std::snprintf(text, sizeof(text), format, values...);
  return std::string(text) + "\n";
}

double valueOf(const std::map<std::string, double>& counters, const std::string& name) {
  const auto found = counters.find(name);
  return found == counters.end() ? 0 : found->second;
}

/// "frame/muscle/still" without its first word and without what Google Benchmark adds.
std::string shortName(const std::string& name) {
  const auto from = name.find('/') + 1;
  return name.substr(from, name.find("/iterations") - from);
}

}  // namespace

void ResultTables::ReportRuns(const std::vector<Run>& runs) {
  std::vector<Run> shown = runs;
  for (Run& run : shown) {
    const std::string name = run.benchmark_name();
    Counters counters;
    for (const auto& [key, counter] : run.counters) counters[key] = counter.value;
    run.counters.clear();  // the tables show them
    if (run.error_occurred) continue;
    if (name.rfind("frame/", 0) == 0) frames_.emplace_back(shortName(name), counters);
    if (name.rfind("size/", 0) == 0) sizes_.emplace_back(shortName(name), counters);
    if (name.rfind("peer/", 0) == 0) {
      const std::string path = shortName(name);
      const auto slash = path.find('/');
      std::string peer = path.substr(slash + 1);
      peer = peer.substr(0, peer.find('/'));
      peers_[path.substr(0, slash)][peer] = run.GetAdjustedCPUTime();
    }
  }
  ConsoleReporter::ReportRuns(shown);
}

void ResultTables::print(std::ostream& out) const {
  if (!frames_.empty()) printStages(out);
  if (!sizes_.empty()) printSizes(out);
  if (!peers_.empty()) printPeers(out);
}

void ResultTables::printStages(std::ostream& out) const {
  out << "\nOne frame by stage, one thread, decoding excluded (ms; allocations after one round of warm-up)\n"
      << line("%-26s %-10s %9s %9s %9s %9s %8s %8s %9s", "frames", "stage", "median", "p99", "cpu med.",
              "cpu p99", "allocs", "most", "kB");
  for (const auto& [name, counters] : frames_) {
    for (const char* stage : {"region", "planes", "fibres", "needle", "tracking", "guidance", "whole"}) {
      const std::string s = stage;
      out << line("%-26s %-10s %9.3f %9.3f %9.3f %9.3f %8.0f %8.0f %9.1f", name.c_str(), stage,
                  valueOf(counters, s + " median_ms"), valueOf(counters, s + " p99_ms"),
                  valueOf(counters, s + " cpu_median_ms"), valueOf(counters, s + " cpu_p99_ms"),
                  valueOf(counters, s + " allocations"), valueOf(counters, s + " most_allocations"),
                  valueOf(counters, s + " kB"));
    }
  }
}

void ResultTables::printSizes(std::ostream& out) const {
  out << "\nThe whole analysis of one simulated frame (ms)\n"
      << line("%-26s %9s %9s", "size and threads", "median", "p99");
  for (const auto& [name, counters] : sizes_)
    out << line("%-26s %9.3f %9.3f", name.c_str(), valueOf(counters, "whole median_ms"),
                valueOf(counters, "whole p99_ms"));
}

void ResultTables::printPeers(std::ostream& out) const {
  const std::pair<const char*, const char*> compared[] = {{"ours_whole", "itk_objectness"},
                                                          {"ours_needle", "itk_objectness"},
                                                          {"ours_needle", "canny_hough"},
                                                          {"ours_despeckle", "itk_curvature_diffusion"}};
  out << "\nBeside the peers, same frames, one thread (ms of processor time a frame)\n"
      << line("%-18s %-16s %9s  %-24s %9s %9s", "frames", "ours", "ms", "peer", "ms", "ratio");
  for (const auto& [set, times] : peers_) {
    for (const auto& [ours, peer] : compared) {
      const double a = valueOf(times, ours), b = valueOf(times, peer);
      if (a > 0 && b > 0)
        out << line("%-18s %-16s %9.3f  %-24s %9.3f %8.1fx", set.c_str(), ours, a, peer, b, b / a);
    }
  }
}

}  // namespace acuguide::benchmarks
