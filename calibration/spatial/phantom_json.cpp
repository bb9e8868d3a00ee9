#include "calibration/phantom_schema.h"
#include "calibration/spatial/phantom.h"
#include "core/error.h"
#include "core/json_document.h"

#include <nlohmann/json.hpp>

namespace acuguide::calibration {
namespace {

using Json = nlohmann::json;

Eigen::Vector3d point(const Json& json) {
  return {json[0].get<double>(), json[1].get<double>(), json[2].get<double>()};
}

NamedPose pose(const Json& json) {
  NamedPose result;
  result.from = json.at("from");
  result.to = json.at("to");
  result.valid = true;
  for (int row = 0; row < 4; ++row) {
    for (int column = 0; column < 4; ++column)
      result.matrix(row, column) =
          json.at("matrix")[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
  }
  return result;
}

}  // namespace

Phantom parsePhantomJson(std::string_view text, const std::string& where) {
  const Json json = parseJson(text, phantomSchema, where);
  Phantom phantom;
  phantom.name = json.at("name");
  phantom.version = json.value("version", std::string());
  const std::string kind = json.value("kind", std::string("nWires"));
  if (kind == "point") phantom.kind = PhantomKind::Point;
  if (kind == "wall") phantom.kind = PhantomKind::Wall;
  if (phantom.kind == PhantomKind::NWires && !json.contains("nWires"))
    throw Error(where, "has no /nWires", "give the wires, or \"kind\": \"point\" or \"wall\"");
  for (const Json& pattern : json.value("nWires", Json::array())) {
    for (const Json& wire : pattern)
      phantom.wires.push_back({wire.at("name"), point(wire.at("frontMm")), point(wire.at("backMm"))});
  }
  if (json.contains("frames")) {
    const Json& frames = json.at("frames");
    phantom.frames.image = frames.value("image", phantom.frames.image);
    phantom.frames.probe = frames.value("probe", phantom.frames.probe);
    phantom.frames.phantom = frames.value("phantom", phantom.frames.phantom);
    phantom.frames.reference = frames.value("reference", phantom.frames.reference);
  }
  if (phantom.kind != PhantomKind::NWires) phantom.frames.phantom = phantom.frames.reference;
  if (json.contains("poses")) {
    for (const Json& one : json.at("poses")) phantom.fixedPoses.push_back(pose(one));
  }
  if (json.contains("clipPx")) {
    const Json& clip = json.at("clipPx");
    phantom.clip = cv::Rect(clip[0], clip[1], clip[2], clip[3]);
  }
  if (json.contains("approximateSpacingMm")) phantom.approximateSpacingMm = json.at("approximateSpacingMm");
  return phantom;
}

}  // namespace acuguide::calibration
