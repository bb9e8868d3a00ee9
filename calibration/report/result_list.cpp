#include "calibration/report/result_list.h"

#include "core/error.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <system_error>

namespace acuguide::calibration {
namespace {

namespace fs = std::filesystem;

constexpr int defaultValidDays = 180;

std::time_t timeOf(const std::string& utc) {
  std::tm parts{};
  return strptime(utc.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts) == nullptr ? 0 : timegm(&parts);
}

/// Whether a file says of itself that it is a result; anything else in the folder is none of ours.
bool claimsToBeAResult(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::array<char, 4096> begin{};
  file.read(begin.data(), begin.size());
  const std::string text(begin.data(), static_cast<std::size_t>(file.gcount()));
  return text.find("\"acuguide.calibration/") != std::string::npos;
}

std::optional<double> numberAt(const nlohmann::ordered_json& json, const char* pointer) {
  const nlohmann::ordered_json::json_pointer at(pointer);
  if (!json.contains(at) || !json.at(at).is_number()) return std::nullopt;
  return json.at(at).get<double>();
}

/// The error a kind is judged by, in mm.
std::optional<double> errorOf(const Result& result) {
  const std::pair<const char*, const char*> figures[] = {
      {"spatial", "/validation/pointToWireMm/mean"}, {"pivot", "/inlierRmsMm"}, {"landmarks", "/freMm"}};
  for (const auto& [kind, pointer] : figures) {
    if (result.kind == kind) return numberAt(result.details, pointer);
  }
  return std::nullopt;
}

std::string textAt(const nlohmann::ordered_json& json, const char* key) {
  return json.contains(key) && json.at(key).is_string() ? json.at(key).get<std::string>() : std::string();
}

ResultEntry entryOf(const fs::path& path, std::time_t now) {
  ResultEntry entry;
  entry.path = path;
  try {
    const Result result = readResult(path);
    entry.kind = result.kind;
    entry.created = timeOf(result.created);
    entry.probe = textAt(result.details, "probe");
    if (entry.probe.empty()) entry.probe = textAt(result.details, "pose");
    entry.errorMm = errorOf(result);
    entry.inputs = result.inputs;
    entry.sentence = textAt(result.details, "verdict");
    if (entry.sentence.empty() && !result.reasons.empty()) entry.sentence = result.reasons.front();
    if (const auto check = result.details.find("check"); check != result.details.end() && check->is_object())
      entry.sentence +=
          " Checked " + textAt(*check, "created").substr(0, 10) + ": " + textAt(*check, "sentence") + ".";
    entry.verdict = result.usable ? ResultEntry::Verdict::Usable : ResultEntry::Verdict::NotUsable;
    if (result.kind != "spatial") return entry;
    const auto days =
        static_cast<std::time_t>(numberAt(result.details, "/validDays").value_or(defaultValidDays));
    entry.expires = entry.created + 86400 * days;
    if (result.usable && now > *entry.expires) entry.verdict = ResultEntry::Verdict::Expired;
  } catch (const Error& error) {
    entry.sentence = error.what();
  }
  return entry;
}

/// A free name beside `place` for what was in force until now.
fs::path keptName(const fs::path& place, const Result& previous) {
  const std::string stem = place.stem().string() + "." + previous.created.substr(0, 10);
  fs::path kept = place.parent_path() / (stem + ".json");
  for (int i = 2; fs::exists(kept); ++i)
    kept = place.parent_path() / (stem + "-" + std::to_string(i) + ".json");
  return kept;
}

/// Copies a result that is in force, and its page, so that it can be put back.
void keepPrevious(const fs::path& place) {
  if (!fs::exists(place)) return;
  Result previous;
  try {
    previous = readResult(place);
  } catch (const Error&) {
    throw Error(place.string(), "is there and is no calibration", "choose another place");
  }
  const fs::path kept = keptName(place, previous);
  std::error_code failed;
  fs::copy_file(place, kept, failed);
  if (failed) throw Error(kept.string(), "cannot be written", "check the permissions of its folder");
  fs::path page = place, keptPage = kept;
  fs::copy_file(page.replace_extension(".html"), keptPage.replace_extension(".html"), failed);
}

}  // namespace

std::vector<ResultEntry> resultsIn(const fs::path& folder, std::time_t now) {
  std::error_code failed;
  fs::directory_iterator files(folder, failed);
  if (failed) throw Error(folder.string(), "cannot be read", "give the folder of the calibrations");
  std::vector<ResultEntry> entries;
  for (const auto& file : files) {
    if (file.is_regular_file(failed) && file.path().extension() == ".json" && claimsToBeAResult(file.path()))
      entries.push_back(entryOf(file.path(), now));
  }
  std::sort(entries.begin(), entries.end(), [](const ResultEntry& a, const ResultEntry& b) {
    return std::tuple(-a.created, a.path) < std::tuple(-b.created, b.path);
  });
  return entries;
}

void putInForce(const Result& result, const Report& report, const fs::path& place) {
  if (!result.usable)
    throw Error(place.string(), "cannot take a calibration that is not usable", "calibrate again");
  if (place.has_parent_path()) {
    std::error_code failed;
    fs::create_directories(place.parent_path(), failed);
  }
  keepPrevious(place);
  publish(result, report, place);
}

}  // namespace acuguide::calibration
