#include "calibration/json_values.h"
#include "calibration/spatial/feature_calibration.h"
#include "calibration/spatial/spatial_json.h"

#include <algorithm>

namespace acuguide::calibration {
namespace {

using Json = nlohmann::ordered_json;

bool isPoint(const FeatureOutcome& outcome) { return outcome.phantom.kind == PhantomKind::Point; }

/// The worst 5 % dropped, as PLUS states its 3D error.
ErrorSummary trimmed(const FeatureSweep& sweep) {
  std::vector<double> mm;
  for (const FeatureErrors& errors : sweep.errors)
    mm.insert(mm.end(), errors.distanceMm.begin(), errors.distanceMm.end());
  std::sort(mm.begin(), mm.end());
  mm.resize(mm.size() - mm.size() / 20);
  return summarise(mm);
}

Json sweepJson(const FeatureOutcome& outcome, const FeatureSweep& sweep, std::size_t place) {
  Json left = Json::array();
  for (const FrameFindings& frame : outcome.findings.frames) {
    if (frame.sweep == place && !frame.left.empty())
      left.push_back({{"frame", frame.frame}, {"reason", frame.left}});
  }
  const ErrorSummary in3d = isPoint(outcome) ? sweep.distanceMm : ErrorSummary();
  const ErrorSummary plus = isPoint(outcome) ? trimmed(sweep) : ErrorSummary();
  Json json{{"frames", {{"total", sweep.total}, {"segmented", sweep.seen.size()}}},
            {"pointToWireMm", summaryJson(sweep.distanceMm)},
            {"reprojectionPx", summaryJson(sweep.reprojectionPx)},
            {"error3dMm", summaryJson(in3d)},
            {"plus", {{"mean", plus.mean}, {"sd", plus.sd}}},
            {"featureMm", jsonVector(sweep.pointMm)}};
  if (!isPoint(outcome)) json["normal"] = jsonVector(sweep.normal);
  json["rejected"] = left;
  return json;
}

std::size_t usedFrames(const FeatureOutcome& outcome) {
  return static_cast<std::size_t>(
      std::count(outcome.solution.used.begin(), outcome.solution.used.end(), true));
}

Plot framePlot(const Findings& findings, std::size_t sweep) {
  PlotSeries used{"used", {}}, left{"left out as outliers", {}};
  for (const FrameFindings& frame : findings.frames) {
    if (frame.sweep == sweep && !frame.wires.empty())
      (frame.outlier ? left : used).points.emplace_back(double(frame.frame), frame.errorMm);
  }
  return {"Distance per frame, " + findings.sweeps[sweep], "frame", "distance (mm)", {used, left}};
}

void addErrors(Report& report, const FeatureOutcome& outcome) {
  std::vector<std::vector<std::string>> rows;
  const auto addRow = [&](const std::string& what, const std::string& sweep, const ErrorSummary& s) {
    rows.push_back({what, sweep, std::to_string(s.n), fixed(s.mean, 3), fixed(s.sd, 3), fixed(s.rms, 3),
                    fixed(s.p95, 3), fixed(s.max, 3)});
  };
  for (const auto& [name, sweep] :
       {std::pair{"calibration", &outcome.calibration}, {"validation", &outcome.validation}}) {
    addRow(isPoint(outcome) ? "distance to the point (mm)" : "distance to the wall (mm)", name,
           sweep->distanceMm);
    addRow("reprojection (px)", name, sweep->reprojectionPx);
  }
  report.table({"error", "frames of", "n", "mean", "sd", "rms", "95 %", "max"}, rows);
  report.text(
      "The place of the phantom is not known beforehand: distances are from the one place on which all "
      "frames of "
      "a sweep agree best. They tell how repeatable the calibration is; an error common to all frames of "
      "both sweeps stays hidden.");
}

void addPictures(Report& report, const Findings& findings) {
  for (std::size_t sweep = 0; sweep < findings.sweeps.size(); ++sweep) {
    const FrameFindings* worst = nullptr;
    for (const FrameFindings& frame : findings.frames) {
      if (frame.sweep == sweep && !frame.wires.empty() && (!worst || frame.errorMm > worst->errorMm))
        worst = &frame;
    }
    if (worst != nullptr)
      report.picture(overlay(findings, *worst), "Frame " + std::to_string(worst->frame) + " of " +
                                                    findings.sweeps[sweep] +
                                                    ", the worst one: where it should be (crosses) and was "
                                                    "seen (circles), " +
                                                    fixed(worst->errorMm, 2) + " mm");
  }
}

}  // namespace

Result featureResult(const FeatureOutcome& outcome) {
  const FixedFeatureSolution& solution = outcome.solution;
  const Findings& findings = outcome.findings;
  Result result;
  result.kind = "spatial";
  result.usable = findings.usable;
  result.reasons = findings.reasons;
  result.details = {
      {"verdict", findings.verdict},
      {"method", isPoint(outcome) ? "point" : "wall"},
      {"seenAs", !isPoint(outcome)  ? "line"
                 : outcome.crossing ? "crossing"
                                    : "spot"},
      {"limitMm", outcome.options.limitMm},
      {"validDays", outcome.options.validDays},
      {"imageToProbe", jsonMatrix(solution.imageToProbe)},
      {"pixelSpacingMm", jsonVector(solution.spacingMm)},
      {"axisAngleDeg", axisAngleDeg(solution.imageToProbe)},
      {"imageSizePx", {findings.imageSize.width, findings.imageSize.height}},
      {"probe", outcome.phantom.frames.probe},
      {"frames",
       {{"total", outcome.calibration.total},
        {"segmented", outcome.calibration.seen.size()},
        {"used", usedFrames(outcome)}}},
      {"calibration", sweepJson(outcome, outcome.calibration, 0)},
      {"validation", sweepJson(outcome, outcome.validation, 1)},
      {"uncertainty",
       {{"centreMm",
         jsonNumber(solution.sigmaMm({findings.imageSize.width / 2.0, findings.imageSize.height / 2.0}))},
        {"centre95Mm",
         jsonVector(solution.half95Mm({findings.imageSize.width / 2.0, findings.imageSize.height / 2.0}))},
        {"order", {"rotation x, y, z (rad)", "translation x, y, z (mm)", "relative spacing x, y"}},
        {"covariance", jsonMatrix(solution.covariance)}}},
      {"phantomUsed", {{"name", outcome.phantom.name}, {"version", outcome.phantom.version}}}};
  return result;
}

Report featureReport(const FeatureOutcome& outcome, const std::vector<InputFile>& inputs) {
  const Findings& findings = outcome.findings;
  Report report("Spatial calibration of " + outcome.phantom.frames.probe);
  report.verdict(findings.usable, findings.verdict);
  if (!findings.reasons.empty()) report.list(findings.reasons);
  report.text("Phantom " + outcome.phantom.name + ", " +
              (!isPoint(outcome)  ? "a flat wall"
               : outcome.crossing ? "two wires that cross"
                                  : "a single point") +
              " at rest. Seen in " + std::to_string(outcome.calibration.seen.size()) + " of " +
              std::to_string(outcome.calibration.total) + " calibration frames, " +
              std::to_string(usedFrames(outcome)) + " used, and in " +
              std::to_string(outcome.validation.seen.size()) + " of " +
              std::to_string(outcome.validation.total) + " validation frames. Pixel spacing " +
              fixed(outcome.solution.spacingMm.x(), 5) + " x " + fixed(outcome.solution.spacingMm.y(), 5) +
              " mm.");
  report.section("Errors");
  addErrors(report, outcome);
  report.section("Per frame and over the picture");
  for (std::size_t sweep = 0; sweep < findings.sweeps.size(); ++sweep) {
    report.plot(framePlot(findings, sweep));
    report.plot(errorMap(findings, sweep));
  }
  report.section("Where it should be and was seen");
  addPictures(report, findings);
  report.section("Result");
  std::vector<std::vector<std::string>> rows;
  for (int r = 0; r < 4; ++r) {
    rows.emplace_back();
    for (int c = 0; c < 4; ++c) rows.back().push_back(fixed(outcome.solution.imageToProbe(r, c), 6));
  }
  report.text("imageToProbe (mm per px)");
  report.table({"x", "y", "z", "origin"}, rows);
  report.section("Made from");
  std::vector<std::vector<std::string>> files;
  for (const InputFile& input : inputs) files.push_back({input.role, input.path.string(), input.sha256});
  report.table({"what", "file", "SHA-256"}, files);
  return report;
}

}  // namespace acuguide::calibration
