#include "outcomes/muscle_measurement.h"

#include "core/json_document.h"
#include "core/whole_file.h"
#include "outcomes/muscle_schema.h"
#include "outcomes/number_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace acuguide::outcomes {
namespace {

using Json = nlohmann::ordered_json;

constexpr double leastShare = 0.5;  // of the pictures that must show the muscle

double medianOf(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

/// Median, and the scatter as a normal distribution's standard deviation would be (1.4826 times the median
/// deviation).
Measured middleOf(const std::vector<double>& values) {
  const double median = medianOf(values);
  std::vector<double> away;
  for (const double value : values) away.push_back(std::abs(value - median));
  return {median, 1.4826 * medianOf(away)};
}

std::string lineOf(const std::string& name, const std::optional<Measured>& measured, const char* unit,
                   int decimals) {
  const std::string start = name + std::string(11 - std::min<std::size_t>(10, name.size()), ' ');
  if (!measured) return start + "not measured\n";
  return start + fixedText(measured->value, decimals) + unit + ", 95 % within ± " +
         fixedText(1.96 * measured->sd, decimals) + unit + "\n";
}

Json jsonOf(const std::optional<Measured>& measured) {
  if (!measured) return nullptr;
  return {{"value", measured->value}, {"sd", measured->sd}};
}

std::optional<Measured> measuredIn(const nlohmann::json& json) {
  if (json.is_null()) return std::nullopt;
  return Measured{json.at("value").get<double>(), json.at("sd").get<double>()};
}

}  // namespace

void MuscleMeasure::add(const std::optional<imaging::MuscleArchitecture>& muscle) {
  ++pictures_;
  if (!muscle) return;
  if (!muscle->thickness.mm) {
    withoutScale_ = true;
    return;
  }
  thicknessMm_.push_back(*muscle->thickness.mm);
  if (muscle->pennation) pennationDeg_.push_back(degrees(*muscle->pennation));
  if (!muscle->fascicle) return;
  fascicleMm_.push_back(*muscle->fascicle->mm);
  fascicleSeen_.push_back(muscle->fascicleSeen);
}

MuscleMeasurement MuscleMeasure::result() const {
  MuscleMeasurement result;
  result.pictures = pictures_;
  result.measured = static_cast<int>(thicknessMm_.size());
  const auto enough = [this](const std::vector<double>& values) {
    return !values.empty() && static_cast<double>(values.size()) >= leastShare * pictures_;
  };
  if (withoutScale_)
    result.reasons.emplace_back("the pictures have no scale; give --spacing-mm or a calibration");
  else if (!enough(thicknessMm_))
    result.reasons.push_back(
        "only " + std::to_string(result.measured) + " of " + std::to_string(pictures_) +
        " pictures show a muscle between two aponeuroses; hold the probe along the muscle, "
        "or measure a shorter part (--from, --to)");
  if (!result.usable()) return result;

  result.thicknessMm = middleOf(thicknessMm_);
  result.thicknessMm->sd =
      std::hypot(result.thicknessMm->sd, imaging::thicknessErrorShare * result.thicknessMm->value);
  if (!enough(pennationDeg_)) return result;
  result.pennationDeg = middleOf(pennationDeg_);
  result.pennationDeg->sd = std::hypot(result.pennationDeg->sd, degrees(imaging::pennationError));
  if (!enough(fascicleMm_)) return result;
  result.fascicleMm = middleOf(fascicleMm_);
  // To first order a fascicle is the thickness over the sine of the pennation.
  const double angleShare = imaging::pennationError / std::tan(radians(result.pennationDeg->value));
  result.fascicleMm->sd = std::hypot(
      result.fascicleMm->sd, result.fascicleMm->value * std::hypot(imaging::thicknessErrorShare, angleShare));
  result.fascicleSeen = medianOf(fascicleSeen_);
  return result;
}

std::string describe(const MuscleMeasurement& measurement) {
  std::string text;
  if (!measurement.muscle.empty()) text += measurement.muscle + "\n";
  text += lineOf("thickness", measurement.thicknessMm, " mm", 1);
  text += lineOf("pennation", measurement.pennationDeg, "°", 0);
  text += lineOf("fascicle", measurement.fascicleMm, " mm", 0);
  if (measurement.fascicleMm && measurement.fascicleSeen < 0.995)
    text += "           " + fixedText(100 * (1 - measurement.fascicleSeen), 0) +
            " % of the fascicle lie beyond the picture and were drawn on straight\n";
  text += "from " + std::to_string(measurement.measured) + " of " + std::to_string(measurement.pictures) +
          " pictures\n";
  for (const std::string& reason : measurement.reasons) text += "not to be used: " + reason + "\n";
  return text;
}

void writeMuscle(const MuscleMeasurement& m, const std::filesystem::path& file) {
  const Json json = {{"format", "acuguide.muscle/1"},
                     {"source", m.source},
                     {"muscle", m.muscle},
                     {"on", m.on},
                     {"usable", m.usable()},
                     {"reasons", m.reasons},
                     {"pictures", m.pictures},
                     {"measured", m.measured},
                     {"thicknessMm", jsonOf(m.thicknessMm)},
                     {"pennationDeg", jsonOf(m.pennationDeg)},
                     {"fascicleMm", jsonOf(m.fascicleMm)},
                     {"fascicleSeen", m.fascicleSeen}};
  writeWholeFile(file, json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n", "the measurement");
}

MuscleMeasurement readMuscle(const std::filesystem::path& file) {
  const nlohmann::json json = readJsonFile(file, muscleSchema);
  MuscleMeasurement m;
  m.source = json.at("source");
  m.muscle = json.at("muscle");
  m.on = json.at("on");
  m.pictures = json.at("pictures");
  m.measured = json.at("measured");
  m.reasons = json.at("reasons").get<std::vector<std::string>>();
  if (m.usable() && !json.at("usable").get<bool>()) m.reasons.emplace_back("it is marked so");
  m.thicknessMm = measuredIn(json.at("thicknessMm"));
  m.pennationDeg = measuredIn(json.at("pennationDeg"));
  m.fascicleMm = measuredIn(json.at("fascicleMm"));
  m.fascicleSeen = json.at("fascicleSeen");
  return m;
}

}  // namespace acuguide::outcomes
