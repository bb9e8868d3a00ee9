#include "core/error.h"
#include "core/json_document.h"
#include "planning/landmarks_schema.h"
#include "planning/locate.h"

#include <nlohmann/json.hpp>

namespace acuguide::planning {
namespace {

using Json = nlohmann::json;
using OrderedJson = nlohmann::ordered_json;

PatientLandmarks landmarksFrom(const Json& json, const std::string& where) {
  const Atlas& known = atlas();
  PatientLandmarks patient;
  patient.frame = json.value("frame", std::string());
  patient.tapeSdMm = json.value("tapeSdMm", patient.tapeSdMm);
  const double sdMm = json.value("sdMm", LandmarkReading{}.sdMm);
  const Json landmarks = json.value("landmarks", Json::object()),
             segments = json.value("segmentsMm", Json::object());
  for (const auto& [name, reading] : landmarks.items()) {
    if (!known.landmark(name) && !known.point(name))
      throw Error(where, "/landmarks/" + name + " is no landmark of the atlas",
                  "acuguide atlas list --landmarks names them");
    const Json& mm = reading.at("mm");
    patient.landmarks[name] = {Eigen::Vector3d(mm[0].get<double>(), mm[1].get<double>(), mm[2].get<double>()),
                               reading.value("sdMm", sdMm)};
  }
  for (const auto& [name, length] : segments.items()) {
    if (!known.segment(name))
      throw Error(where, "/segmentsMm/" + name + " is no segment of the atlas",
                  "acuguide atlas list --landmarks names them");
    patient.segmentsMm[name] = length;
  }
  if (patient.landmarks.empty() && patient.segmentsMm.empty())
    throw Error(where, "no landmark is given", "give at least one under \"landmarks\" or \"segmentsMm\"");
  return patient;
}

OrderedJson pointJson(const LocatedPoint& point) {
  OrderedJson json{{"point", point.code}};
  if (point.mm) {
    json["mm"] = {point.mm->x(), point.mm->y(), point.mm->z()};
    json["covarianceMm2"] = OrderedJson::array();
    for (int i = 0; i < 9; ++i) json["covarianceMm2"].push_back(point.covariance(i / 3, i % 3));
  }
  json["radius95Mm"] = point.radius95Mm;
  if (point.ruler) {
    json["cunMm"] = point.ruler->cunMm;
    json["cunSdMm"] = point.ruler->sdMm;
    json["segment"] = point.ruler->segment;
    json["measured"] = point.ruler->measured;
  }
  if (point.alongMm) {
    json["from"] = point.from;
    json["towards"] = point.towards;
    json["alongMm"] = *point.alongMm;
  }
  if (const Acupoint* known = atlas().point(point.code); known && !known->uncertain.empty())
    json["uncertain"] = known->uncertain;
  return json;
}

}  // namespace

PatientLandmarks parseLandmarks(std::string_view text, const std::string& where) {
  return landmarksFrom(parseJson(text, landmarksSchema, where), where);
}

PatientLandmarks readLandmarks(const std::filesystem::path& path) {
  return landmarksFrom(readJsonFile(path, landmarksSchema), path.string());
}

std::string patientLandmarksText(const PatientLandmarks& patient, const std::string& patientCode) {
  OrderedJson json{{"format", "acuguide.landmarks/1"}};
  if (!patientCode.empty()) json["patientCode"] = patientCode;
  if (!patient.frame.empty()) json["frame"] = patient.frame;
  json["tapeSdMm"] = patient.tapeSdMm;
  json["landmarks"] = OrderedJson::object();
  for (const auto& [name, reading] : patient.landmarks)
    json["landmarks"][name] = {{"mm", {reading.mm.x(), reading.mm.y(), reading.mm.z()}},
                               {"sdMm", reading.sdMm}};
  json["segmentsMm"] = OrderedJson::object();
  for (const auto& [name, length] : patient.segmentsMm) json["segmentsMm"][name] = length;
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::string pointsText(const LocatedPoints& points, const PatientLandmarks& patient) {
  OrderedJson json{{"format", "acuguide.points/1"},
                   {"side", nameOf(points.side)},
                   {"sideCheck", points.sideCheck == SideCheck::Agrees ? "agrees" : "cannot_tell"},
                   {"sideReason", points.sideReason},
                   {"frame", patient.frame},
                   {"points", OrderedJson::array()},
                   {"undetermined", OrderedJson::array()}};
  for (const LocatedPoint& point : points.located) json["points"].push_back(pointJson(point));
  for (const UndeterminedPoint& point : points.undetermined)
    json["undetermined"].push_back(OrderedJson{{"point", point.code}, {"missing", point.missing}});
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace acuguide::planning
