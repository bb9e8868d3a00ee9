#pragma once

#include "outcomes/measurement.h"

#include <cstddef>
#include <filesystem>

namespace acuguide::outcomes {

struct ReadRecords {
  Records records;
  std::size_t notMeasured = 0;  ///< rows with an empty value: known to be missing
};

/// Reads the table that writeMeasurements() writes, a score a row. `person`, `visit`, `scale` and `value`
/// must be there; `group`, `side`, `site`, `rank`, `on` and `assessor` may be. A person needs group and side
/// in one of their rows only. Throws Error with the line: anything that is not what its column says, a score
/// twice, two groups for one person, a rank that is not the value's.
ReadRecords readMeasurements(const std::filesystem::path& path);

/// Columns: person,group,side,visit,scale,site,value,rank,on,assessor. Throws Error; also where such a file
/// is there already, since one typed by hand looks the same.
void writeMeasurements(const Records& records, const std::filesystem::path& path);

}  // namespace acuguide::outcomes
