#pragma once

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace acuguide::calibration {

class Report;

/// A file a calibration was made from, with the SHA-256 of its bytes, so that a result can be repeated.
struct InputFile {
  std::string role;  ///< the option's name without dashes: "phantom", "calibration", "tracker"
  std::filesystem::path path;
  std::string sha256;  ///< 64 hexadecimal digits
};

/// Reads the file for its digest. Folders: the digest of their files' digests in the order of their names.
/// Throws Error when it cannot be read.
InputFile inputFile(const std::string& role, const std::filesystem::path& path);

/// What every calibration ends in: RESULT.json (INTERFACES), "format": "acuguide.calibration/1".
struct Result {
  std::string kind;                  ///< "spatial", "temporal", "pivot", ...
  bool usable = false;               ///< within its acceptance limit
  std::vector<std::string> reasons;  ///< sentences: why not usable, or what to know about a usable one
  std::string created;               ///< UTC, ISO 8601 ("2026-11-25T03:31:52Z"); set by publish() when empty
  std::vector<InputFile> inputs;
  nlohmann::ordered_json details = nlohmann::ordered_json::object();  ///< the kind's own keys, at top level
};

std::string resultText(const Result& result);

/// Throws Error: not there, not JSON, not a calibration of ours, a common key missing or of another type.
Result readResult(const std::filesystem::path& path);

/// Writes `path` and the report beside it (same name, .html), each whole or not at all: written beside and
/// moved into place. A result that is not usable never takes the place of anything but another such: it is
/// then written as NAME.rejected.json and .html. Returns where the result is. Throws Error when it cannot be
/// written; what was there is untouched.
std::filesystem::path publish(Result result, const Report& report, const std::filesystem::path& path);

/// 0 usable, 3 not (INTERFACES).
int exitCodeOf(const Result& result);

}  // namespace acuguide::calibration
