#pragma once

#include <ostream>

namespace acuguide::benchmarks {

/// Injects each fault into simulated sweeps over an N-wire phantom, `runs` times with other noise and motion,
/// and prints what was named as the cause: a table in Markdown, a row a fault. Returns how many runs of how
/// many were named rightly.
struct FaultScore {
  int right = 0, all = 0;
};
FaultScore printFaults(int runs, std::ostream& out);

}  // namespace acuguide::benchmarks
