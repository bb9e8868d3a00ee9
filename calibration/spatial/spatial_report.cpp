#include "calibration/json_values.h"
#include "calibration/report/plot.h"
#include "calibration/spatial/spatial_calibration.h"
#include "calibration/spatial/spatial_json.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace acuguide::calibration {
namespace {

using Json = nlohmann::ordered_json;

Json matrixJson(const Eigen::Matrix4d& matrix) {
  Json rows = Json::array();
  for (int r = 0; r < 4; ++r) rows.push_back({matrix(r, 0), matrix(r, 1), matrix(r, 2), matrix(r, 3)});
  return rows;
}

Json sweepJson(const SweepOutcome& sweep) {
  Json left = Json::array();
  for (const auto& [frame, reason] : sweep.observations.left)
    left.push_back({{"frame", frame}, {"reason", reason}});
  return {{"frames", {{"total", sweep.observations.total}, {"segmented", sweep.observations.seen.size()}}},
          {"pointToWireMm", summaryJson(sweep.errors.pointToWireMm)},
          {"reprojectionPx", summaryJson(sweep.errors.reprojectionPx)},
          {"error3dMm", summaryJson(sweep.errors.error3dMm)},
          {"plus", {{"mean", sweep.errors.plusMean}, {"sd", sweep.errors.plusSd}}},
          {"rejected", left}};
}

Json phantomJson(const Phantom& phantom) {
  Json wires = Json::array();
  for (const Wire& wire : phantom.wires)
    wires.push_back({{"name", wire.name},
                     {"frontMm", {wire.front.x(), wire.front.y(), wire.front.z()}},
                     {"backMm", {wire.back.x(), wire.back.y(), wire.back.z()}}});
  Json poses = Json::array();
  for (const NamedPose& pose : phantom.fixedPoses)
    poses.push_back({{"from", pose.from}, {"to", pose.to}, {"matrix", matrixJson(pose.matrix)}});
  return {{"name", phantom.name}, {"version", phantom.version}, {"wires", wires}, {"poses", poses}};
}

std::vector<double> frameMeans(const SweepOutcome& sweep) {
  std::vector<double> means;
  for (const FrameErrors& frame : sweep.errors.frames) means.push_back(summarise(frame.pointToWireMm).mean);
  return means;
}

void addErrorTable(Report& report, const SpatialOutcome& outcome) {
  std::vector<std::vector<std::string>> rows;
  const auto add = [&](const std::string& what, const std::string& sweep, const ErrorSummary& s,
                       int decimals) {
    rows.push_back({what, sweep, std::to_string(s.n), fixed(s.mean, decimals), fixed(s.sd, decimals),
                    fixed(s.rms, decimals), fixed(s.p95, decimals), fixed(s.max, decimals)});
  };
  for (const auto& [name, sweep] :
       {std::pair{"calibration", &outcome.calibration}, {"validation", &outcome.validation}}) {
    add("distance to wire, all wires (mm)", name, sweep->errors.pointToWireMm, 3);
    add("reprojection, all wires (px)", name, sweep->errors.reprojectionPx, 2);
    add("3D error, middle wires (mm)", name, sweep->errors.error3dMm, 3);
    rows.push_back({"3D error as PLUS states it (mm)", name, "", fixed(sweep->errors.plusMean, 3),
                    fixed(sweep->errors.plusSd, 3), "", "", ""});
  }
  report.table({"error", "frames of", "n", "mean", "sd", "rms", "95 %", "max"}, rows);
}

void addWireTable(Report& report, const SpatialOutcome& outcome) {
  std::vector<std::vector<std::string>> rows;
  for (std::size_t w = 0; w < outcome.phantom.wires.size(); ++w) {
    std::vector<std::string> row{outcome.phantom.wires[w].name};
    for (const SweepOutcome* sweep : {&outcome.calibration, &outcome.validation}) {
      std::vector<double> distances, x, y;
      for (const FrameErrors& frame : sweep->errors.frames) {
        distances.push_back(frame.pointToWireMm[w]);
        x.push_back(frame.offsetPx[w].x());
        y.push_back(frame.offsetPx[w].y());
      }
      const ErrorSummary d = summarise(distances);
      for (const double value : {d.mean, d.p95}) row.push_back(fixed(value, 3));
      for (const double value : {summarise(x).mean, summarise(y).mean}) row.push_back(fixed(value, 1));
    }
    rows.push_back(row);
  }
  report.table({"wire", "calibration mean (mm)", "95 %", "x (px)", "y (px)", "validation mean (mm)", "95 %",
                "x (px)", "y (px)"},
               rows);
}

MapPlot uncertaintyMap(const SpatialOutcome& outcome) {
  constexpr int columns = 8, rowsCount = 6;
  cv::Mat sigma(rowsCount, columns, CV_64F);
  for (int r = 0; r < rowsCount; ++r) {
    for (int c = 0; c < columns; ++c)
      sigma.at<double>(r, c) = outcome.solution.sigmaMm(
          {(c + 0.5) * outcome.imageSize.width / columns, (r + 0.5) * outcome.imageSize.height / rowsCount});
  }
  return {"Uncertainty of the calibration over the picture",
          "x (px)",
          "y (px)",
          "mm, standard deviation",
          sigma,
          cv::Rect2d(0, 0, outcome.imageSize.width, outcome.imageSize.height),
          outcome.options.limitMm};
}

void addPlots(Report& report, const SpatialOutcome& outcome) {
  for (const SweepOutcome* sweep : {&outcome.calibration, &outcome.validation}) {
    if (sweep->errors.frames.empty()) continue;
    Plot perFrame{"Distance to wire per frame, " + sweep->name, "frame", "mean over the wires (mm)", {}};
    PlotSeries used{"used", {}}, left{"left out as outliers", {}};
    const auto means = frameMeans(*sweep);
    for (std::size_t i = 0; i < means.size(); ++i) {
      const bool outlier = sweep == &outcome.calibration && !outcome.solution.used[i];
      (outlier ? left : used).points.emplace_back(sweep->observations.seen[i].frame, means[i]);
    }
    if (left.points.empty()) used.name.clear();
    perFrame.series.push_back(used);
    if (!left.points.empty()) perFrame.series.push_back(left);
    report.plot(perFrame);
    Plot offsets{"Seen minus expected, " + sweep->name, "x (px)", "y (px)", {}, true, true};
    PlotSeries outer{"outer wires", {}}, middle{"middle wires", {}};
    for (const FrameErrors& frame : sweep->errors.frames) {
      for (std::size_t w = 0; w < frame.offsetPx.size(); ++w)
        (w % 3 == 1 ? middle : outer).points.emplace_back(frame.offsetPx[w].x(), frame.offsetPx[w].y());
    }
    offsets.series = {outer, middle};
    report.plot(offsets);
    report.plot(errorMap(outcome.findings, sweep == &outcome.calibration ? 0 : 1));
  }
  report.plot(uncertaintyMap(outcome));
}

/// A typical frame of each sweep and its worst one.
void addOverlays(Report& report, const Findings& findings) {
  for (std::size_t sweep = 0; sweep < findings.sweeps.size(); ++sweep) {
    std::vector<const FrameFindings*> seen;
    for (const FrameFindings& frame : findings.frames) {
      if (frame.sweep == sweep && !frame.wires.empty()) seen.push_back(&frame);
    }
    if (seen.empty()) continue;
    std::stable_sort(seen.begin(), seen.end(),
                     [](const auto* a, const auto* b) { return a->errorMm < b->errorMm; });
    for (const auto& [frame, what] :
         {std::pair{seen[seen.size() / 2], "a typical"}, {seen.back(), "the worst"}})
      report.picture(overlay(findings, *frame),
                     "Frame " + std::to_string(frame->frame) + " of " + findings.sweeps[sweep] + ", " + what +
                         " one: wires where they should be (crosses) and were seen (circles), " +
                         fixed(frame->errorMm, 2) + " mm");
  }
}

void addRejected(Report& report, const SpatialOutcome& outcome) {
  std::vector<std::vector<std::string>> rows;
  for (const SweepOutcome* sweep : {&outcome.calibration, &outcome.validation}) {
    for (const auto& [frame, reason] : sweep->observations.left)
      rows.push_back({sweep->name, std::to_string(frame), reason});
  }
  const auto& seen = outcome.calibration.observations.seen;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (!outcome.solution.used[i])
      rows.push_back({outcome.calibration.name, std::to_string(seen[i].frame),
                      "outlier: farther from its wires than the others"});
  }
  if (rows.empty()) {
    report.text("No frame was left out.");
    return;
  }
  report.table({"sweep", "frame", "reason"}, rows);
}

void addMatrices(Report& report, const SpatialOutcome& outcome) {
  for (const auto& [name, matrix] :
       {std::pair{"imageToProbe (mm per px; used)", &outcome.solution.imageToProbe},
        {"closed form (cross-check, as PLUS computes it)", &outcome.closedForm}}) {
    report.text(name);
    std::vector<std::vector<std::string>> rows;
    for (int r = 0; r < 4; ++r) {
      rows.emplace_back();
      for (int c = 0; c < 4; ++c) rows.back().push_back(fixed((*matrix)(r, c), 6));
    }
    report.table({"x", "y", "z", "origin"}, rows);
  }
}

}  // namespace

Result spatialResult(const SpatialOutcome& outcome) {
  Result result;
  result.kind = "spatial";
  result.usable = outcome.usable;
  result.reasons = outcome.reasons;
  const SpatialSolution& solution = outcome.solution;
  const auto used = std::count(solution.used.begin(), solution.used.end(), true);
  Json covariance = Json::array();
  for (int r = 0; r < 8; ++r) {
    covariance.push_back(Json::array());
    for (int c = 0; c < 8; ++c) covariance.back().push_back(solution.covariance(r, c));
  }
  result.details = {
      {"verdict", outcome.verdict},
      {"limitMm", outcome.options.limitMm},
      {"validDays", outcome.options.validDays},
      {"imageToProbe", matrixJson(solution.imageToProbe)},
      {"pixelSpacingMm", {solution.spacingMm.x(), solution.spacingMm.y()}},
      {"axisAngleDeg", axisAngleDeg(solution.imageToProbe)},
      {"imageSizePx", {outcome.imageSize.width, outcome.imageSize.height}},
      {"probe", outcome.phantom.frames.probe},
      {"frames",
       {{"total", outcome.calibration.observations.total},
        {"segmented", outcome.calibration.observations.seen.size()},
        {"used", used}}},
      {"calibration", sweepJson(outcome.calibration)},
      {"validation", sweepJson(outcome.validation)},
      {"uncertainty",
       {{"centreMm", solution.sigmaMm({outcome.imageSize.width / 2.0, outcome.imageSize.height / 2.0})},
        {"centre95Mm",
         jsonVector(solution.half95Mm({outcome.imageSize.width / 2.0, outcome.imageSize.height / 2.0}))},
        {"order", {"rotation x, y, z (rad)", "translation x, y, z (mm)", "relative spacing x, y"}},
        {"covariance", covariance}}},
      {"noise",
       {{"dotMm", solution.noise.dotMm},
        {"poseMm", solution.noise.poseMm},
        {"poseDeg", solution.noise.poseRad * 180 / M_PI}}},
      {"closedForm",
       {{"imageToProbe", matrixJson(outcome.closedForm)},
        {"axisAngleDeg", axisAngleDeg(outcome.closedForm)}}},
      {"echoDepthPx", outcome.calibration.observations.echoDepthPx},
      {"phantomUsed", phantomJson(outcome.phantom)}};
  return result;
}

Report spatialReport(const SpatialOutcome& outcome, const std::vector<InputFile>& inputs) {
  Report report("Spatial calibration of " + outcome.phantom.frames.probe);
  report.verdict(outcome.usable, outcome.verdict);
  if (!outcome.reasons.empty()) report.list(outcome.reasons);
  const auto used = std::count(outcome.solution.used.begin(), outcome.solution.used.end(), true);
  const SweepObservations& c = outcome.calibration.observations;
  const SweepObservations& v = outcome.validation.observations;
  report.text("Phantom " + outcome.phantom.name + " " + outcome.phantom.version + ", " +
              std::to_string(outcome.phantom.wires.size()) + " wires. Calibration: every wire seen in " +
              std::to_string(c.seen.size()) + " of " + std::to_string(c.total) + " frames, " +
              std::to_string(used) + " used. Validation: " + std::to_string(v.seen.size()) + " of " +
              std::to_string(v.total) + ". Pixel spacing " + fixed(outcome.solution.spacingMm.x(), 5) +
              " x " + fixed(outcome.solution.spacingMm.y(), 5) + " mm.");
  report.section("Errors");
  addErrorTable(report, outcome);
  report.text(
      "Distance to wire: from a seen point, taken to the phantom, to its wire. Reprojection: from a seen "
      "point to "
      "where the image plane cuts the wire. 3D error: from a seen middle point to where the ratio of its N "
      "puts "
      "it; PLUS's own statistic leaves out the worst 5 %.");
  report.section("Per wire");
  addWireTable(report, outcome);
  report.section("Per frame and over the picture");
  addPlots(report, outcome);
  report.section("Where wires should be and were seen");
  addOverlays(report, outcome.findings);
  report.section("Result");
  addMatrices(report, outcome);
  report.section("Frames left out");
  addRejected(report, outcome);
  report.section("Made from");
  std::vector<std::vector<std::string>> files;
  for (const InputFile& input : inputs) files.push_back({input.role, input.path.string(), input.sha256});
  report.table({"what", "file", "SHA-256"}, files);
  return report;
}

}  // namespace acuguide::calibration
