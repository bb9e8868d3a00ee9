#include "core/error.h"
#include "core/json_document.h"
#include "core/units.h"
#include "core/utf8_text.h"
#include "core/whole_file.h"
#include "planning/plan.h"
#include "planning/plan_schema.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <initializer_list>
#include <iterator>
#include <limits>
#include <span>
#include <utility>

namespace acuguide::planning {
namespace {

using Json = nlohmann::json;
using OrderedJson = nlohmann::ordered_json;
using imaging::PlaneLabel;
using imaging::ProbeSide;

/// The plan's words for each value of an enumeration; the schema allows no others.
template <class T>
using Words = std::pair<T, std::string_view>;

constexpr std::array<Words<BodySide>, 2> sideWords{{{BodySide::Left, "left"}, {BodySide::Right, "right"}}};
constexpr std::array<Words<DangerKind>, 6> dangerWords{{{DangerKind::Nerve, "nerve"},
                                                        {DangerKind::Vessel, "vessel"},
                                                        {DangerKind::Bone, "bone"},
                                                        {DangerKind::Pleura, "pleura"},
                                                        {DangerKind::Tendon, "tendon"},
                                                        {DangerKind::Other, "other"}}};
constexpr std::array<Words<ProbeSide>, 3> probeWords{
    {{ProbeSide::Unknown, "auto"}, {ProbeSide::Top, "top"}, {ProbeSide::Bottom, "bottom"}}};
constexpr std::array<Words<PlaneLabel>, 4> planeWords{
    {{PlaneLabel::Skin, "skin"},
     {PlaneLabel::SuperficialAponeurosis, "superficial_aponeurosis"},
     {PlaneLabel::DeepAponeurosis, "deep_aponeurosis"},
     {PlaneLabel::Bone, "bone"}}};

constexpr std::array<Words<LimbPlane>, 3> pictureWords{{{LimbPlane::Unknown, "unknown"},
                                                        {LimbPlane::Longitudinal, "longitudinal"},
                                                        {LimbPlane::Transverse, "transverse"}}};
constexpr std::array<Words<CourseInPicture>, 2> courseWords{
    {{CourseInPicture::Through, "through"}, {CourseInPicture::Along, "along"}}};
constexpr std::array<Words<Answer>, 3> answerWords{
    {{Answer::Open, "open"}, {Answer::No, "no"}, {Answer::Yes, "yes"}}};

template <class T, std::size_t n>
T valueOf(const std::array<Words<T>, n>& words, const std::string& word) {
  for (const auto& [value, text] : words) {
    if (text == word) return value;
  }
  return words[0].first;  // the schema has refused every other word
}

template <class T, std::size_t n>
std::string wordOf(const std::array<Words<T>, n>& words, T value) {
  for (const auto& [known, text] : words) {
    if (known == value) return std::string(text);
  }
  return {};
}

/// The fewest digits of degrees that give these radians back, so that 35 degrees stay "35" in the file.
double fileDegrees(double angle) {
  for (int digits = 1; digits <= std::numeric_limits<double>::max_digits10; ++digits) {
    std::array<char, 40> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), degrees(angle),
                                   std::chars_format::general, digits);
    double value = 0;
    std::from_chars(text.data(), end.ptr, value);
    if (radians(value) == angle) return value;
  }
  return degrees(angle);
}

/// Keys that only some forms of an object know: refuses those that this form does not know and those it
/// lacks.
void requireKeys(const Json& object, const std::string& path, const std::string& form,
                 std::span<const std::string_view> needed, std::span<const std::string_view> allowed,
                 const std::string& where) {
  for (const std::string_view key : needed) {
    if (!object.contains(key)) {
      throw Error(where, path + "/" + std::string(key) + " is missing", "a " + form + " needs it");
    }
  }
  for (const auto& [key, value] : object.items()) {
    const auto knows = [&](std::span<const std::string_view> keys) {
      return std::find(keys.begin(), keys.end(), key) != keys.end();
    };
    if (!knows(needed) && !knows(allowed)) {
      throw Error(where, path + "/" + key + " does not belong to a " + form, "remove it");
    }
  }
}

Target readTarget(const Json& json, const std::string& where) {
  const std::string kind = json.at("kind");
  const std::string form = "target of kind \"" + kind + "\"";
  using Keys = std::initializer_list<std::string_view>;
  const auto check = [&](Keys needed, Keys allowed) {
    requireKeys(json, "/target", form, {needed.begin(), needed.size()}, {allowed.begin(), allowed.size()},
                where);
  };
  if (kind == "depth") {
    check({"kind", "depthMm"}, {"lateralMm"});
    return TargetAtDepth{{json.value("lateralMm", 0.0), json.at("depthMm")}};
  }
  if (kind == "plane") {
    check({"kind", "plane"}, {"lateralMm", "offsetMm"});
    return TargetAtPlane{valueOf(planeWords, json.at("plane").get<std::string>()),
                         json.value("lateralMm", 0.0), json.value("offsetMm", 0.0)};
  }
  check({"kind", "xPx", "yPx"}, {"corridorWidthPx", "tolerancePx"});
  TargetAtPixel target;
  target.px = Eigen::Vector2d(json.at("xPx").get<double>(), json.at("yPx").get<double>());
  target.corridorWidthPx = json.value("corridorWidthPx", target.corridorWidthPx);
  target.tolerancePx = json.value("tolerancePx", target.tolerancePx);
  return target;
}

Ellipse readEllipse(const Json& json) {
  return {{json.at("lateralMm"), json.at("depthMm")},
          json.at("radiusAcrossMm"),
          json.at("radiusAlongMm"),
          radians(json.value("angleDeg", 0.0))};
}

DangerZone readDanger(const Json& json, std::size_t index, const std::string& where) {
  const std::string path = "/dangers/" + std::to_string(index);
  if (json.contains("ellipse") == json.contains("polygon")) {
    throw Error(where, path + (json.contains("ellipse") ? " has an ellipse and a polygon" : " has no shape"),
                "give either \"ellipse\" or \"polygon\"");
  }
  DangerZone zone;
  zone.name = json.at("name");
  zone.kind = valueOf(dangerWords, json.at("kind").get<std::string>());
  zone.marginMm = json.value("marginMm", zone.marginMm);
  zone.automatic = json.value("automatic", zone.automatic);
  if (json.contains("course")) zone.course = valueOf(courseWords, json.at("course").get<std::string>());
  if (json.contains("ellipse")) {
    zone.shape = readEllipse(json.at("ellipse"));
  } else {
    Polygon polygon;
    for (const Json& point : json.at("polygon"))
      polygon.points.push_back({point.at("lateralMm"), point.at("depthMm")});
    zone.shape = std::move(polygon);
  }
  return zone;
}

void readEntry(const Json& json, Plan& plan) {
  if (json.contains("from")) plan.entryFromLeft = json.at("from") == "left";
  if (json.contains("angleDeg")) plan.entryAngle = radians(json.at("angleDeg"));
  if (json.contains("bladeDeg")) plan.bladeDirection = radians(json.at("bladeDeg"));
}

PointInSpace readPoint(const Json& json) {
  PointInSpace point;
  point.frame = json.at("frame");
  for (int i = 0; i < 3; ++i) point.mm[i] = json.at("mm").at(static_cast<std::size_t>(i)).get<double>();
  point.radius95Mm = json.value("radius95Mm", 0.0);
  return point;
}

Checklist readChecklist(const Json& json) {
  Checklist checklist;
  checklist.date = json.at("date");
  for (const auto& [item, answer] : json.at("answers").items())
    checklist.answers[item] = valueOf(answerWords, answer.get<std::string>());
  return checklist;
}

Instrument readInstrument(const Json& json) {
  return {json.value("name", std::string()), json.at("diameterMm"), json.at("bladeWidthMm"),
          json.at("lengthMm")};
}

Plan planFrom(const Json& json, const std::string& where) {
  Plan plan;
  plan.name = json.value("name", plan.name);
  plan.note = json.value("note", plan.note);
  plan.patientCode = json.value("patientCode", plan.patientCode);
  plan.side = valueOf(sideWords, json.at("side").get<std::string>());
  plan.acupoint = json.at("acupoint");
  plan.probe = valueOf(probeWords, json.value("probe", std::string("auto")));
  plan.target = readTarget(json.at("target"), where);
  if (json.contains("entry")) readEntry(json.at("entry"), plan);
  plan.corridorWidthMm = json.value("corridorWidthMm", plan.corridorWidthMm);
  plan.targetToleranceMm = json.value("targetToleranceMm", plan.targetToleranceMm);
  if (json.contains("maximumDepthMm")) plan.maximumDepthMm = json.at("maximumDepthMm").get<double>();
  plan.picture = valueOf(pictureWords, json.value("picture", std::string("unknown")));
  plan.strokes = json.value("strokes", plan.strokes);
  if (json.contains("point")) plan.point = readPoint(json.at("point"));
  if (json.contains("checklist")) plan.checklist = readChecklist(json.at("checklist"));
  plan.instrument = readInstrument(json.at("instrument"));
  if (json.contains("dangers")) {
    for (std::size_t i = 0; i < json.at("dangers").size(); ++i) {
      plan.dangers.push_back(readDanger(json.at("dangers")[i], i, where));
    }
  }
  checkPlan(plan, where);
  return plan;
}

OrderedJson targetJson(const Target& target) {
  if (const auto* depth = std::get_if<TargetAtDepth>(&target)) {
    return {{"kind", "depth"}, {"lateralMm", depth->point.lateralMm}, {"depthMm", depth->point.depthMm}};
  }
  if (const auto* plane = std::get_if<TargetAtPlane>(&target)) {
    return {{"kind", "plane"},
            {"plane", wordOf(planeWords, plane->plane)},
            {"lateralMm", plane->lateralMm},
            {"offsetMm", plane->offsetMm}};
  }
  const auto& pixel = std::get<TargetAtPixel>(target);
  return {{"kind", "pixel"},
          {"xPx", pixel.px.x()},
          {"yPx", pixel.px.y()},
          {"corridorWidthPx", pixel.corridorWidthPx},
          {"tolerancePx", pixel.tolerancePx}};
}

OrderedJson dangerJson(const DangerZone& zone) {
  OrderedJson json{{"name", zone.name},
                   {"kind", wordOf(dangerWords, zone.kind)},
                   {"marginMm", zone.marginMm},
                   {"automatic", zone.automatic}};
  if (zone.course) json["course"] = wordOf(courseWords, *zone.course);
  if (const auto* ellipse = std::get_if<Ellipse>(&zone.shape)) {
    json["ellipse"] = {{"lateralMm", ellipse->centre.lateralMm},
                       {"depthMm", ellipse->centre.depthMm},
                       {"radiusAcrossMm", ellipse->radiusAcrossMm},
                       {"radiusAlongMm", ellipse->radiusAlongMm},
                       {"angleDeg", fileDegrees(ellipse->angle)}};
    return json;
  }
  json["polygon"] = OrderedJson::array();
  for (const PicturePoint& point : std::get<Polygon>(zone.shape).points) {
    json["polygon"].push_back(OrderedJson{{"lateralMm", point.lateralMm}, {"depthMm", point.depthMm}});
  }
  return json;
}

OrderedJson planJson(const Plan& plan) {
  OrderedJson json{{"format", "acuguide.plan/1"}};
  if (!plan.name.empty()) json["name"] = plan.name;
  if (!plan.note.empty()) json["note"] = plan.note;
  if (!plan.patientCode.empty()) json["patientCode"] = plan.patientCode;
  json["side"] = wordOf(sideWords, plan.side);
  json["acupoint"] = plan.acupoint;
  json["probe"] = wordOf(probeWords, plan.probe);
  json["target"] = targetJson(plan.target);
  if (plan.entryFromLeft) json["entry"]["from"] = *plan.entryFromLeft ? "left" : "right";
  if (plan.entryAngle) json["entry"]["angleDeg"] = fileDegrees(*plan.entryAngle);
  if (plan.bladeDirection) json["entry"]["bladeDeg"] = fileDegrees(*plan.bladeDirection);
  json["picture"] = wordOf(pictureWords, plan.picture);
  json["strokes"] = plan.strokes;
  json["corridorWidthMm"] = plan.corridorWidthMm;
  json["targetToleranceMm"] = plan.targetToleranceMm;
  if (plan.maximumDepthMm) json["maximumDepthMm"] = *plan.maximumDepthMm;
  if (!plan.instrument.name.empty()) json["instrument"]["name"] = plan.instrument.name;
  json["instrument"]["diameterMm"] = plan.instrument.diameterMm;
  json["instrument"]["bladeWidthMm"] = plan.instrument.bladeWidthMm;
  json["instrument"]["lengthMm"] = plan.instrument.lengthMm;
  json["dangers"] = OrderedJson::array();
  for (const DangerZone& zone : plan.dangers) json["dangers"].push_back(dangerJson(zone));
  if (plan.point) {
    const Eigen::Vector3d& mm = plan.point->mm;
    json["point"] = {{"frame", plan.point->frame},
                     {"mm", {mm.x(), mm.y(), mm.z()}},
                     {"radius95Mm", plan.point->radius95Mm}};
  }
  if (plan.checklist) {
    json["checklist"] = {{"date", plan.checklist->date}, {"answers", OrderedJson::object()}};
    for (const auto& [item, answer] : plan.checklist->answers)
      json["checklist"]["answers"][item] = wordOf(answerWords, answer);
  }
  return json;
}

}  // namespace

std::string_view nameOf(BodySide side) { return side == BodySide::Left ? "left" : "right"; }

std::string_view nameOf(DangerKind kind) {
  for (const auto& [known, text] : dangerWords) {
    if (known == kind) return text;
  }
  return "other";
}

Plan parsePlan(std::string_view text, const std::string& where) {
  return planFrom(parseJson(text, planSchema, where), where);
}

Plan readPlan(const std::filesystem::path& path) {
  Plan plan = planFrom(readJsonFile(path, planSchema), path.string());
  if (plan.name.empty()) plan.name = utf8Text(path.stem().stem().string());  // both of ".plan.json"
  return plan;
}

std::string planText(const Plan& plan) {
  return planJson(plan).dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

void writePlan(const Plan& plan, const std::filesystem::path& path) {
  const std::string text = planText(plan);
  parsePlan(text, path.string());
  writeWholeFile(path, text, "the plan");
}

}  // namespace acuguide::planning
