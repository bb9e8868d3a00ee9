#include "apps/analysis_arguments.h"

#include "acquisition/pose_lag.h"
#include "apps/calibrated_sources.h"
#include "apps/sources.h"
#include "calibration/report/result.h"
#include "calibration/tools/tool_tip.h"
#include "core/error.h"
#include "navigation/tracked_source.h"

#include <CLI/CLI.hpp>

#include <charconv>
#include <cmath>
#include <string_view>

namespace acuguide::apps {
namespace {

double spacingNumber(std::string_view text, const std::string& whole) {
  double value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
    throw Error("--spacing-mm", "\"" + whole + "\" is not a pixel spacing",
                "give millimetres per pixel, as X or X,Y");
  return value;
}

/// Seconds, from a usable temporal calibration.
double trackerLag(const calibration::Result& result, const std::string& file) {
  const auto lag = result.details.find("trackerLagSeconds");
  if (lag == result.details.end() || !lag->is_number())
    throw Error(file, "/trackerLagSeconds is no number", "calibrate again");
  return lag->get<double>();
}

}  // namespace

void AnalysisArguments::addTo(CLI::App& command) {
  command.add_option("--plan", planFile, "plan (JSON) to guide by");
  addPictureOptions(command);
  command.add_option(
      "--tracker", trackers,
      "live source of poses beside the pictures (camera:0?markers=FILE, igtl://HOST:PORT/DEVICE); may be "
      "given more than once");
  command.add_option("--entry", entry, "side of the picture the needle comes from")
      ->check(CLI::IsMember({"left", "right", "any"}))
      ->capture_default_str();
}

void AnalysisArguments::addPictureOptions(CLI::App& command) {
  command.add_option(
      "--spacing-mm", spacing,
      "pixel spacing X or X,Y in mm, in place of what the source states, for images of the size "
      "of the first one");
  command.add_option(
      "--calibration", calibrations,
      "RESULT.json of acuguide calibrate spatial or scale (millimetres), temporal (poses at their "
      "picture's own time) or pivot with --spin (a tracked needle's tip and shaft); may be given more than "
      "once");
  command.add_option("--probe", probe, "where the transducer face is in the picture")
      ->check(CLI::IsMember({"top", "bottom", "auto"}))
      ->capture_default_str();
  command.add_option("--threads", threads, "threads of the analysis")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
}

std::shared_ptr<const planning::Plan> AnalysisArguments::plan() const {
  if (planFile.empty()) return nullptr;
  return std::make_shared<const planning::Plan>(planning::readPlan(planFile));
}

std::shared_ptr<const GivenScale> AnalysisArguments::scale() const {
  if (spacing.empty()) return nullptr;
  const auto comma = spacing.find(',');
  const std::string_view text = spacing;
  const double x = spacingNumber(text.substr(0, comma), spacing);
  const std::string name = "--spacing-mm " + spacing;
  auto given = comma == std::string::npos
                   ? std::make_shared<const GivenScale>(name, x)
                   : std::make_shared<const GivenScale>(
                         name, Eigen::Vector2d(x, spacingNumber(text.substr(comma + 1), spacing)));
  given->check();
  return given;
}

acquisition::SourceCatalog AnalysisArguments::sources() const {
  acquisition::SourceCatalog catalog = allSources();
  const auto open = [all = catalog](const std::string& source) { return all.open(source); };
  for (const std::string& tracker : trackers) catalog = navigation::withTracker(catalog, tracker, open);
  for (const std::string& file : calibrations) {
    const calibration::Result result = calibration::readResult(file);
    if (!result.usable)
      throw Error(file,
                  "is a calibration that is not usable" +
                      (result.reasons.empty() ? "" : " (" + result.reasons.front() + ")"),
                  "calibrate again");
    if (result.kind == "temporal") {
      catalog = acquisition::withPoseLag(catalog, trackerLag(result, file));
      continue;
    }
    if (result.kind == "pivot") {
      catalog = withPose(catalog, calibration::toolShaftPose(result, file));
      continue;
    }
    if (!spacing.empty())
      throw Error("--spacing-mm", "was given beside the calibration " + file, "give one of them");
    catalog = withCalibration(catalog, file);
  }
  return catalog;
}

imaging::AnalyzerOptions AnalysisArguments::analyzer() const {
  imaging::AnalyzerOptions options;
  options.threads = threads;
  if (probe == "top") options.probe = imaging::ProbeSide::Top;
  if (probe == "bottom") options.probe = imaging::ProbeSide::Bottom;
  if (entry == "left") options.entry = imaging::EntrySide::Left;
  if (entry == "right") options.entry = imaging::EntrySide::Right;
  return options;
}

}  // namespace acuguide::apps
