#pragma once

#include "calibration/report/report.h"
#include "calibration/report/result.h"

#include <ctime>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace acuguide::calibration {

/// One RESULT.json of a folder, as a list tells of it.
struct ResultEntry {
  enum class Verdict { Usable, NotUsable, Expired, Damaged };

  std::filesystem::path path;
  std::string kind;                    ///< "spatial", "scale", ...; empty when damaged
  std::string probe;                   ///< of a spatial one; the pose's name where it has one; else empty
  std::time_t created = 0;             ///< 0: unknown
  std::optional<std::time_t> expires;  ///< of kinds that grow old
  std::optional<double> errorMm;       ///< the error its kind is judged by
  Verdict verdict = Verdict::Damaged;
  std::string sentence;  ///< why, or what to know
  std::vector<InputFile> inputs;
};

/// The calibrations in a folder (not below it), newest first; JSON of another format is passed over, a
/// damaged result stands in the list as such. Throws Error when the folder cannot be read.
std::vector<ResultEntry> resultsIn(const std::filesystem::path& folder, std::time_t now = std::time(nullptr));

/// Makes a usable result the calibration in force: writes it to `place` (with its report beside it). A result
/// that was there stays as NAME.DATE.json, so that the way back is open. Throws Error when the result is not
/// usable or something cannot be written; then what was in force stays in force.
void putInForce(const Result& result, const Report& report, const std::filesystem::path& place);

}  // namespace acuguide::calibration
