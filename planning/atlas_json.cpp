#include "planning/atlas_json.h"

#include "core/error.h"
#include "core/json_document.h"
#include "planning/atlas_data.h"
#include "planning/locus.h"

#include <nlohmann/json.hpp>

#include <set>

namespace acuguide::planning {
namespace {

using Json = nlohmann::json;
using Pair = std::pair<std::string, std::string>;

Limb limbOf(const Json& json) { return json.at("limb") == "upper" ? Limb::Upper : Limb::Lower; }

Pair pairOf(const Json& json) { return {json.at(0), json.at(1)}; }

Locus locusOf(const Json& json) {
  if (json.contains("at")) return AtLandmark{json.at("at")};
  if (json.contains("between")) {
    const Pair ends = pairOf(json.at("between"));
    return BetweenLandmarks{ends.first, ends.second, json.at("share")};
  }
  if (json.contains("line"))
    return AtLevel{pairOf(json.at("line")), json.at("levelOf"), pairOf(json.at("axis"))};
  const std::string from = json.at("from");
  const Pair direction =
      json.contains("towards") ? Pair{from, json.at("towards")} : pairOf(json.at("direction"));
  return AlongSegment{from, direction, json.at("cun"), json.at("segment")};
}

Run runOf(const std::string& word) {
  if (word == "across") return Run::AcrossLimb;
  return word == "oblique" ? Run::Oblique : Run::AlongLimb;
}

Acupoint pointOf(const Json& json) {
  Acupoint point;
  point.code = json.at("code");
  const Json& names = json.at("names");
  point.names = {names.at("pinyin"), names.at("chinese"), names.at("korean"), names.at("english")};
  point.limb = limbOf(json);
  point.where = json.at("where");
  point.locus = locusOf(json.at("locus"));
  for (const Json& layer : json.at("stack")) {
    point.stack.push_back({layer.at("name"), layer.value("general", false), std::nullopt});
    if (layer.contains("fibres")) point.stack.back().fibres = runOf(layer.at("fibres"));
  }
  for (const Json& part : json.at("avoid"))
    point.avoid.push_back({part.at("name"), part.at("kind"), part.value("general", false),
                           runOf(part.value("course", std::string("along")))});
  for (const Json& depth : json.at("depthCun")) point.depths.push_back({depth.at(0), depth.at(1)});
  point.warnings = json.value("warnings", std::vector<std::string>());
  point.oblique = json.value("oblique", false);
  point.uncertain = json.value("uncertain", std::vector<std::string>());
  return point;
}

void readLandmarkData(Atlas& atlas) {
  const Json json = parseJson(landmarksText, atlasLandmarksSchema, "atlas/landmarks.json");
  for (const Json& item : json.at("landmarks"))
    atlas.landmarks.push_back({item.at("name"), limbOf(item), item.at("where")});
  for (const Json& item : json.at("segments")) {
    Segment segment{item.at("name"), item.at("cun"), item.at("where"), {}};
    for (const Json& ends : item.at("between")) segment.between.push_back(pairOf(ends));
    atlas.segments.push_back(std::move(segment));
  }
  for (const Json& item : json.at("handedness"))
    atlas.handedness.push_back(
        {limbOf(item), pairOf(item.at("distal")), pairOf(item.at("lateral")), pairOf(item.at("anterior"))});
}

void readProtocols(Atlas& atlas) {
  const Json json = parseJson(protocolsText, protocolsSchema, "atlas/protocols.json");
  atlas.protocolNote = json.at("note");
  atlas.mostPointsASession = json.at("mostPointsASession");
  for (const Json& item : json.at("protocols"))
    atlas.protocols.push_back({item.at("name"), item.at("title"), item.at("points")});
}

/// A point may be defined by points, but by none that needs it.
void checkNotCircular(const Atlas& atlas, const Acupoint& point, std::set<std::string> path,
                      const std::string& where) {
  if (!path.insert(point.code).second)
    throw Error(where, point.code + " is defined by itself", "define it by landmarks");
  for (const std::string& name : namesIn(point.locus))
    if (const Acupoint* other = atlas.point(name)) checkNotCircular(atlas, *other, path, where);
}

void checkPoint(const Atlas& atlas, const Acupoint& point, const std::string& where) {
  for (const std::string& name : namesIn(point.locus))
    if (!atlas.point(name) && !atlas.landmark(name))
      throw Error(where, point.code + " needs \"" + name + "\", which is no landmark and no point",
                  "correct the name");
  const auto* along = std::get_if<AlongSegment>(&point.locus);
  if (along && !atlas.segment(along->segment))
    throw Error(where, point.code + " needs the segment \"" + along->segment + "\", which is not there",
                "correct the name");
  for (const CunRange& depth : point.depths)
    if (depth.from >= depth.to)
      throw Error(where, point.code + " has a depth that ends before it begins", "correct it");
  checkNotCircular(atlas, point, {}, where);
}

void checkPair(const Atlas& atlas, const Pair& pair, const std::string& of, const std::string& where) {
  for (const std::string& name : {pair.first, pair.second})
    if (!atlas.landmark(name))
      throw Error(where, of + " needs \"" + name + "\", which is no landmark", "correct the name");
}

}  // namespace

void readAtlasPoints(std::string_view text, const std::string& where, Atlas& atlas) {
  const Json json = parseJson(text, pointsSchema, where);
  for (const Json& point : json.at("points")) atlas.points.push_back(pointOf(point));
  atlas.sources = json.at("sources").get<std::vector<std::string>>();
}

void checkAtlas(const Atlas& atlas, const std::string& where) {
  std::set<std::string_view> codes;
  for (const Acupoint& point : atlas.points) {
    if (!codes.insert(point.code).second) throw Error(where, point.code + " stands twice", "remove one");
    checkPoint(atlas, point, where);
  }
  for (const Segment& segment : atlas.segments)
    for (const Pair& ends : segment.between) checkPair(atlas, ends, "segment " + segment.name, where);
  for (const Handedness& hand : atlas.handedness)
    for (const Pair& pair : {hand.distal, hand.lateral, hand.anterior})
      checkPair(atlas, pair, "handedness", where);
  for (const Protocol& protocol : atlas.protocols)
    for (const std::string& code : protocol.points)
      if (!atlas.point(code))
        throw Error(where, "protocol " + protocol.name + " needs " + code + ", which is not there",
                    "correct the code");
}

Atlas readBuiltInAtlas() {
  Atlas atlas;
  readLandmarkData(atlas);
  readAtlasPoints(upperLimbText, "atlas/upper_limb.json", atlas);
  readAtlasPoints(lowerLimbText, "atlas/lower_limb.json", atlas);
  readProtocols(atlas);
  checkAtlas(atlas, "atlas");
  return atlas;
}

}  // namespace acuguide::planning
