#include "assessment/metrics_json.h"

#include "assessment/learning_curve.h"
#include "core/version.h"
#include "recording/csv_file.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace acuguide::assessment {
namespace {

using Json = nlohmann::ordered_json;

constexpr int savedDecimals = 4;

Json numberOf(const std::optional<double>& value) {
  if (!value || !std::isfinite(*value)) return nullptr;
  const double scale = std::pow(10.0, savedDecimals);
  return std::round(*value * scale) / scale;
}

Json valueOf(const MetricInfo& info, const std::optional<double>& value) {
  if (!value) return nullptr;
  if (info.unit == "bool") return *value != 0.0;
  if (info.unit.empty()) return std::llround(*value);
  return numberOf(value);
}

/// ASCII, for programs: "mm2", "deg", "count".
std::string unitOf(const MetricInfo& info) {
  if (info.unit == "mm²") return "mm2";
  if (info.unit == "°") return "deg";
  return info.unit.empty() ? "count" : std::string(info.unit);
}

Json metricOf(const MetricInfo& info, const InsertionMetrics& insertion, const ExpertBands* experts) {
  const auto& value = insertion.values[info.metric];
  Json json{{"value", valueOf(info, value)}, {"unit", unitOf(info)}};
  if (const auto why = insertion.unknown.find(info.metric); !value && why != insertion.unknown.end())
    json["why"] = why->second;
  if (info.metric == Metric::NearestDanger && !insertion.nearestDanger.empty())
    json["name"] = insertion.nearestDanger;
  if (experts != nullptr) {
    const auto pass = experts->passes(info.metric, value);
    json["pass"] = pass ? Json(*pass) : Json(nullptr);
  }
  return json;
}

Json insertionOf(const InsertionMetrics& insertion, const ExpertBands* experts) {
  Json json{{"number", insertion.number},
            {"skin_contact_s", numberOf(insertion.start)},
            {"end_s", numberOf(insertion.end)},
            {"first_frame", insertion.insertion.firstFrame},
            {"last_frame", insertion.insertion.lastFrame},
            {"end", nameOf(insertion.insertion.end)},
            {"motion_from", nameOf(insertion.motion)}};
  for (const MetricInfo& info : metricInfos())
    json["metrics"][std::string(info.key)] = metricOf(info, insertion, experts);
  return json;
}

Json expertsOf(const ExpertBands& experts) {
  Json json{{"percentile", experts.percent()}};
  for (const MetricInfo& info : metricInfos()) {
    const ExpertBand& band = experts[info.metric];
    json["metrics"][std::string(info.key)] = {
        {"insertions", band.insertions},        {"p10", numberOf(band.low)},
        {"median", numberOf(band.median)},      {"p90", numberOf(band.high)},
        {"pass_mark", numberOf(band.passMark)}, {"unit", unitOf(info)}};
  }
  return json;
}

Json curveOf(const LearningCurve& curve) {
  Json json{{"trials", curve.trials},
            {"at_first_trial", numberOf(curve.atFirstTrial)},
            {"per_doubling", numberOf(curve.perDoubling)},
            {"per_doubling_95", {numberOf(curve.perDoublingLow), numberOf(curve.perDoublingHigh)}},
            {"points", Json::array()}};
  for (const LearningCurvePoint& point : curve.points)
    json["points"].push_back({{"trial", point.trial},
                              {"fitted", numberOf(point.fitted)},
                              {"low", numberOf(point.low)},
                              {"high", numberOf(point.high)}});
  return json;
}

/// Every insertion is a trial, in the order of the sessions.
Json progressOf(std::span<const SessionMetrics> sessions) {
  Json json;
  for (const MetricInfo& info : metricInfos()) {
    std::vector<std::optional<double>> values;
    for (const SessionMetrics& session : sessions)
      for (const InsertionMetrics& insertion : session.insertions)
        values.push_back(insertion.values[info.metric]);
    const auto curve = fitLearningCurve(values);
    json[std::string(info.key)] = curve ? curveOf(*curve) : Json(nullptr);
  }
  return json;
}

}  // namespace

std::string metricsJson(std::span<const SessionMetrics> sessions, const ExpertBands* experts) {
  Json json{{"format", "acuguide.metrics/1"}, {"version", version}, {"statement", researchUseStatement}};
  json["sessions"] = Json::array();
  for (const SessionMetrics& session : sessions) {
    Json one{{"session", session.session.string()},
             {"started_utc", session.startedUtc.empty() ? Json(nullptr) : Json(session.startedUtc)},
             {"insertions", Json::array()}};
    for (const InsertionMetrics& insertion : session.insertions)
      one["insertions"].push_back(insertionOf(insertion, experts));
    if (session.wholeRecording) one["whole_recording"] = insertionOf(*session.wholeRecording, nullptr);
    json["sessions"].push_back(std::move(one));
  }
  if (experts != nullptr) json["experts"] = expertsOf(*experts);
  if (sessions.size() > 1) json["progress"] = progressOf(sessions);
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

void writeMetricsCsv(std::span<const SessionMetrics> sessions, const std::filesystem::path& file) {
  std::string heading = "session,insertion,skin_contact_s,end_s,first_frame,last_frame,end,motion_from";
  for (const MetricInfo& info : metricInfos()) {
    heading.append(",").append(info.key);
    if (info.unit.empty() || info.unit == "bool") continue;
    heading.append("_").append(info.unit == "%" ? "percent" : unitOf(info));
  }
  recording::CsvFile csv(file, heading + ",nearest_danger_name");
  for (const SessionMetrics& session : sessions) {
    for (const InsertionMetrics& insertion : session.insertions) {
      csv.text(session.session.string()).integer(insertion.number);
      csv.number(insertion.start, savedDecimals).number(insertion.end, savedDecimals);
      csv.integer(insertion.insertion.firstFrame).integer(insertion.insertion.lastFrame);
      csv.text(nameOf(insertion.insertion.end)).text(nameOf(insertion.motion));
      for (const MetricInfo& info : metricInfos()) csv.number(insertion.values[info.metric], savedDecimals);
      csv.text(insertion.nearestDanger);
      csv.endRow();
    }
  }
  csv.finish();
}

}  // namespace acuguide::assessment
