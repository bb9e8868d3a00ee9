// Whether the errors that calibrations state are the real ones, and whether injected faults are named: tables
// in Markdown on the standard output. Usage: calibration_study coverage|faults [RUNS] [KIND]
#include "benchmarks/calibration_study/coverage.h"
#include "benchmarks/calibration_study/faults.h"

#include <cstdlib>
#include <iostream>
#include <map>
#include <string>

namespace acuguide::benchmarks {
namespace {

int printCoverage(int runs, const std::string& kind) {
  using Study = std::vector<Coverage> (*)(int);
  struct Kind {
    std::string name;
    Study study;
  };
  const std::vector<Kind> kinds{{"pivot", pivotCoverage}, {"landmarks", landmarksCoverage},
                                {"scale", scaleCoverage}, {"temporal", temporalCoverage},
                                {"nwire", nWireCoverage}, {"feature", featureCoverage}};
  std::cout << Coverage::head();
  int outside = 0;
  for (const Kind& one : kinds) {
    if (!kind.empty() && kind != one.name) continue;
    for (const Coverage& row : one.study(runs)) {
      std::cout << row.row() << std::flush;
      if (!row.refusedAll() && !(row.share() >= 0.92 && row.share() <= 0.98)) ++outside;
    }
  }
  return outside;
}

}  // namespace
}  // namespace acuguide::benchmarks

int main(int count, char** arguments) {
  const std::string what = count > 1 ? arguments[1] : "";
  const int runs = count > 2 ? std::atoi(arguments[2]) : 200;
  const std::string kind = count > 3 ? arguments[3] : "";
  if (what == "coverage" && runs > 0) {
    const int outside = acuguide::benchmarks::printCoverage(runs, kind);
    std::cerr << outside << " conditions outside of 92 to 98 %\n";
    return 0;
  }
  if (what == "faults" && runs > 0) {
    const auto score = acuguide::benchmarks::printFaults(runs, std::cout);
    std::cerr << score.right << " of " << score.all << " named rightly\n";
    return 0;
  }
  std::cerr << "usage: calibration_study coverage|faults [RUNS] [KIND]\n";
  return 2;
}
