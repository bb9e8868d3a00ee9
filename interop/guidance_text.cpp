#include "interop/guidance_text.h"

#include "core/units.h"
#include "navigation/snapshot_names.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace acuguide::interop {
namespace {

using Json = nlohmann::ordered_json;

/// Short enough to read, fine enough for any use: a thousandth.
double rounded(double value) { return std::round(value * 1000.0) / 1000.0; }

Json point(const Eigen::Vector2d& px) { return {rounded(px.x()), rounded(px.y())}; }

Json lengthOf(const std::optional<ImageLength>& length) {
  if (!length) return nullptr;
  Json json = {{"px", rounded(length->px)}};
  json["mm"] = length->mm ? Json(rounded(*length->mm)) : Json(nullptr);
  return json;
}

// Every key is always there, null where it is not known: a reader must not have to tell an old sender from a
// moment without a needle.

Json needleOf(const tracking::NeedleTrack& needle) {
  Json json = {{"state", tracking::nameOf(needle.state)}};
  for (const char* key : {"confidence", "tipPx", "tailPx", "angleDeg", "tipSigmaPx"}) json[key] = nullptr;
  if (needle.state == tracking::NeedleState::None) return json;
  json["confidence"] = rounded(needle.confidence);
  json["tipPx"] = point(needle.tipPx);
  json["tailPx"] = point(needle.tailPx);
  json["angleDeg"] = rounded(degrees(needle.angle()));
  json["tipSigmaPx"] = rounded(needle.tipSigmaPx());
  json["tipAheadPx"] = rounded(needle.tipAheadPx);
  json["tipBehindPx"] = rounded(needle.tipBehindPx);
  return json;
}

Json guidanceOf(const guidance::Guidance& guidance) {
  Json json = {{"state", guidance::nameOf(guidance.state)}};
  for (const char* key : {"targetPx", "targetSource", "targetDepthMm"}) json[key] = nullptr;
  if (guidance.target) {
    json["targetPx"] = point(guidance.target->px);
    json["targetSource"] = guidance.target->source;
    json["targetDepthMm"] =
        guidance.target->depthMm ? Json(rounded(*guidance.target->depthMm)) : Json(nullptr);
  }
  json["tipToTarget"] = lengthOf(guidance.tipToTarget);
  json["lateralError"] = lengthOf(guidance.lateralError);
  json["angleErrorDeg"] = guidance.angleError ? Json(rounded(degrees(*guidance.angleError))) : Json(nullptr);
  json["nearestDanger"] = nullptr;
  if (guidance.nearestDanger) {
    json["nearestDanger"] = {{"name", guidance.nearestDanger->name},
                             {"distance", lengthOf(guidance.nearestDanger->distance)},
                             {"insideMargin", guidance.nearestDanger->insideMargin}};
  }
  return json;
}

Json structuresOf(const navigation::StructuresNow& structures) {
  Json possible = Json::array();
  for (const tracking::PossibleZone& zone : structures.zones) {
    Json outline = Json::array();
    for (const Eigen::Vector2d& px : zone.outlinePx) outline.push_back(point(px));
    possible.push_back({{"kind", imaging::nameOf(zone.kind)},
                        {"confidence", rounded(zone.confidence)},
                        {"ageSeconds", rounded(zone.ageSeconds)},
                        {"outlinePx", std::move(outline)}});
  }
  return {{"state", nameOf(structures.state)},
          {"doubt", nameOf(structures.doubt)},
          {"possible", std::move(possible)}};
}

}  // namespace

std::string guidanceText(const navigation::GuidanceSnapshot& snapshot) {
  Json json = {{"format", "acuguide.guidance/1"}, {"picture", nameOf(snapshot.picture)}};
  for (const char* key : {"frame", "timeSeconds", "spacingMm"}) json[key] = nullptr;
  if (snapshot.frame) {
    const auto& spacing = snapshot.frame->geometry.spacingMm;
    json["frame"] = snapshot.frame->index;
    json["timeSeconds"] = snapshot.frame->time;
    json["spacingMm"] = spacing ? Json{spacing->x(), spacing->y()} : Json(nullptr);
  }
  json["needle"] = needleOf(snapshot.needle);
  json["guidance"] = snapshot.guidance ? guidanceOf(*snapshot.guidance) : Json(nullptr);
  json["structures"] = structuresOf(snapshot.structures);
  Json alarms = Json::array();
  for (const navigation::Alarm& alarm : snapshot.alarms)
    alarms.push_back({{"kind", nameOf(alarm.kind)}, {"detail", alarm.detail}});
  json["alarms"] = std::move(alarms);
  // A danger's name may hold anything: what is no UTF-8 must not stop the guidance.
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace acuguide::interop
