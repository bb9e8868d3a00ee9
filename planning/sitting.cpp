#include "planning/sitting.h"

#include "core/error.h"
#include "core/json_document.h"
#include "core/whole_file.h"
#include "planning/atlas.h"
#include "planning/sitting_schema.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <exception>

namespace acuguide::planning {
namespace {

using Json = nlohmann::json;
using OrderedJson = nlohmann::ordered_json;

/// Asked of the place, not of the patient.
constexpr std::array<const char*, 2> ofTheSite{"infection", "implant"};

void check(const Sitting& sitting, const std::string& where) {
  const auto most = static_cast<std::size_t>(atlas().mostPointsASession);
  if (sitting.points.size() > most)
    throw Error(where,
                "points: has " + std::to_string(sitting.points.size()) + ", a session has at most " +
                    std::to_string(most),
                "take some away");
  if (sitting.current >= sitting.points.size())
    throw Error(where, "current: there is no point " + std::to_string(sitting.current),
                "give the number of a point, from 0");
  for (std::size_t i = 0; i < sitting.points.size(); ++i) {
    if (sitting.points[i].plan.patientCode != sitting.patientCode)
      throw Error(where,
                  "points/" + std::to_string(i) + "/plan/patientCode: is \"" +
                      sitting.points[i].plan.patientCode + "\", the sitting is of \"" + sitting.patientCode +
                      "\"",
                  "all plans of a sitting are one patient's");
    for (const std::string& folder : sitting.points[i].insertions)
      if (folder.empty() || folder == "." || folder == ".." || folder.find('/') != std::string::npos)
        throw Error(where,
                    "points/" + std::to_string(i) + "/insertions: \"" + folder + "\" is no folder's name",
                    "name a folder beside this file");
  }
}

Sitting sittingFrom(const Json& json, const std::string& where) {
  Sitting sitting;
  sitting.patientCode = json.at("patientCode");
  if (json.contains("affectedSide"))
    sitting.affectedSide = json.at("affectedSide") == "left" ? BodySide::Left : BodySide::Right;
  sitting.startedUtc = json.at("startedUtc");
  sitting.current = json.at("current");
  const Json& points = json.at("points");
  for (std::size_t i = 0; i < points.size(); ++i) {
    SittingPoint point;
    point.plan = parsePlan(points[i].at("plan").dump(), where + " points/" + std::to_string(i) + "/plan");
    point.done = points[i].at("done");
    point.insertions = points[i].at("insertions").get<std::vector<std::string>>();
    sitting.points.push_back(std::move(point));
  }
  check(sitting, where);
  return sitting;
}

std::string textOf(const Sitting& sitting) {
  OrderedJson json{{"format", "acuguide.sitting/1"}, {"patientCode", sitting.patientCode}};
  if (sitting.affectedSide) json["affectedSide"] = std::string(nameOf(*sitting.affectedSide));
  json["startedUtc"] = sitting.startedUtc;
  json["current"] = sitting.current;
  json["points"] = OrderedJson::array();
  for (const SittingPoint& point : sitting.points)
    json["points"].push_back({{"done", point.done},
                              {"insertions", point.insertions},
                              {"plan", OrderedJson::parse(planText(point.plan))}});
  return json.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

}  // namespace

Sitting readSitting(const std::filesystem::path& file) {
  return sittingFrom(readJsonFile(file, sittingSchema), file.string());
}

void writeSitting(const Sitting& sitting, const std::filesystem::path& file) {
  const std::string text = textOf(sitting);
  sittingFrom(parseJson(text, sittingSchema, file.string()), file.string());
  writeWholeFile(file, text, "the sitting");
}

std::string nextInsertion(const Sitting& sitting) {
  const SittingPoint& point = sitting.now();
  return point.plan.acupoint + "_" + std::string(nameOf(point.plan.side)) + "_" +
         std::to_string(point.insertions.size() + 1);
}

Checklist carriedOver(const Checklist& before) {
  Checklist next = before;
  for (const char* id : ofTheSite) next.answers.erase(id);
  return next;
}

std::vector<PastSitting> pastSittings(const std::filesystem::path& sessions, std::size_t most) {
  std::vector<PastSitting> found;
  std::error_code failed;
  for (const auto& entry : std::filesystem::directory_iterator(sessions, failed)) {
    const auto file = entry.path() / sittingFile;
    if (!std::filesystem::is_regular_file(file, failed)) continue;
    try {
      found.push_back({entry.path(), readSitting(file)});
    } catch (const std::exception&) {
      continue;  // not one of ours, or of a newer program: nothing is lost by not offering it
    }
  }
  std::ranges::sort(found, [](const PastSitting& a, const PastSitting& b) {
    return a.sitting.startedUtc > b.sitting.startedUtc;
  });
  if (found.size() > most) found.resize(most);
  return found;
}

}  // namespace acuguide::planning
