#include "calibration/spatial/probe_check.h"

#include "calibration/json_values.h"
#include "calibration/report/report.h"
#include "core/error.h"
#include "core/pose.h"
#include "core/whole_file.h"

#include <algorithm>
#include <array>
#include <ctime>

namespace acuguide::calibration {
namespace {

std::string utcNow() {
  const std::time_t time = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&time, &utc);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text.data();
}

/// What a failed check has most likely met.
std::string causeOf(const std::vector<Eigen::Vector3d>& errors, const ProbeCheck& check, double limitMm) {
  double rest = 0.0;  // when the same shift is taken off all of them
  for (const Eigen::Vector3d& error : errors) rest = std::max(rest, (error - check.shiftMm).norm());
  if (rest <= limitMm && rest < 0.5 * check.maxMm)
    return "all touches are off alike, by " + fixed(check.shiftMm.norm(), 1) +
           " mm: the probe's marker was moved since the calibration, or the stylus's tip is bent or wrongly "
           "calibrated";
  std::vector<double> sorted = check.errorMm;
  std::sort(sorted.begin(), sorted.end());
  if (sorted[sorted.size() - 2] <= limitMm)
    return "one touch alone is off: its place in the image was probably given wrongly; touch it again";
  return "the error differs over the image: another depth, another probe, or poses that do not belong to the "
         "frames";
}

}  // namespace

ProbeCheck checkProbe(const std::vector<Touch>& touches, const Eigen::Matrix4d& imageToProbe,
                      const Eigen::Vector2d& imageSize, const ProbeCheckOptions& options) {
  if (touches.size() < options.least)
    throw Error("the check", "holds " + std::to_string(touches.size()) + " touches",
                "touch at least " + std::to_string(options.least) + " places, spread over the image");
  Eigen::Vector2d lowest = touches[0].px, highest = lowest;
  for (const Touch& touch : touches) {
    lowest = lowest.cwiseMin(touch.px);
    highest = highest.cwiseMax(touch.px);
  }
  if (lowest.minCoeff() < 0 || highest.x() >= imageSize.x() || highest.y() >= imageSize.y())
    throw Error("the check",
                "has a touch outside of the image (" + fixed(imageSize.x(), 0) + " by " +
                    fixed(imageSize.y(), 0) + " px)",
                "give places in pixels, from the image's upper left corner");
  const Eigen::Vector2d spread = (highest - lowest).cwiseQuotient(imageSize);
  if (spread.minCoeff() < options.leastSpread)
    throw Error("the check",
                "touches lie within " + fixed(100 * spread.x(), 0) + " % of the image's width and " +
                    fixed(100 * spread.y(), 0) + " % of its height",
                "touch left and right, near and deep: at least " + fixed(100 * options.leastSpread, 0) +
                    " % of both");
  ProbeCheck check;
  std::vector<Eigen::Vector3d> errors;
  for (const Touch& touch : touches) {
    const Eigen::Vector3d at = (imageToProbe * Eigen::Vector4d(touch.px.x(), touch.px.y(), 0, 1)).head<3>();
    errors.push_back(at - touch.tipMm);
    check.errorMm.push_back(errors.back().norm());
    check.meanMm += check.errorMm.back() / double(touches.size());
    check.shiftMm += errors.back() / double(touches.size());
  }
  check.maxMm = *std::max_element(check.errorMm.begin(), check.errorMm.end());
  check.passed = check.maxMm <= options.limitMm;
  const std::string measured = "the touched places lie " + fixed(check.meanMm, 2) + " mm off on average, " +
                               fixed(check.maxMm, 2) + " mm at most (limit " + fixed(options.limitMm, 2) +
                               " mm)";
  check.sentence = (check.passed ? "Passed: " : "Failed: ") + measured +
                   (check.passed ? "" : "; " + causeOf(errors, check, options.limitMm));
  return check;
}

void keepCheck(const std::filesystem::path& calibration, const std::vector<Touch>& touches,
               const ProbeCheck& check) {
  Result result = readResult(calibration);
  auto list = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < touches.size(); ++i)
    list.push_back({{"frame", touches[i].frame},
                    {"px", jsonVector(touches[i].px)},
                    {"tipMm", jsonVector(touches[i].tipMm)},
                    {"errorMm", jsonNumber(check.errorMm[i])}});
  result.details["check"] = {{"created", utcNow()},
                             {"passed", check.passed},
                             {"meanMm", jsonNumber(check.meanMm)},
                             {"maxMm", jsonNumber(check.maxMm)},
                             {"sentence", check.sentence},
                             {"touches", list}};
  writeWholeFile(calibration, resultText(result), "the calibration");
}

Eigen::Matrix4d imageToProbeOf(const Result& calibration, const std::string& where) {
  Eigen::Matrix4d matrix;
  try {
    const auto& rows = calibration.details.at("imageToProbe");
    for (int r = 0; r < 4; ++r)
      for (int c = 0; c < 4; ++c) matrix(r, c) = rows.at(std::size_t(r)).at(std::size_t(c)).get<double>();
  } catch (const nlohmann::json::exception&) {
    throw Error(where, "is a " + calibration.kind + " calibration and does not say where the image lies",
                "give the result of acuguide calibrate spatial");
  }
  if (const std::string fault =
          poseFault("Image", calibration.details.value("probe", std::string("Probe")), matrix);
      !fault.empty())
    throw Error(where, "/imageToProbe " + fault, "calibrate again");
  return matrix;
}

}  // namespace acuguide::calibration
