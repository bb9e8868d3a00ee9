#include "calibration/temporal/temporal_result.h"

#include "calibration/json_values.h"
#include "calibration/report/plot.h"
#include "calibration/sentence.h"

#include <cmath>

namespace acuguide::calibration {
namespace {

PlotSeries series(const std::string& name, PlotSeries::Style style) { return {name, {}, style}; }

/// Both motions over time, the tracker's brought to the picture's scale and read `lag` seconds later.
Plot motionPlot(const TemporalCalibration& calibration, double lag, const std::string& title) {
  const TimeLag& fit = calibration.summary.lag;
  const Signal& video = calibration.video.middle;
  const Signal& tracker = calibration.summary.motion.positionMm;
  const double start = video.seconds.front();
  auto picture = series("picture", PlotSeries::Style::Points);
  for (std::size_t i = 0; i < video.size(); ++i)
    picture.points.emplace_back(video.seconds[i] - start, video.values[i]);
  auto tool = series("tracker", PlotSeries::Style::Line);
  for (std::size_t i = 0; i < tracker.size(); ++i) {
    const double time = tracker.seconds[i] - lag;
    if (time >= start && time <= video.seconds.back())
      tool.points.emplace_back(time - start, fit.offset + fit.scale * tracker.values[i]);
  }
  return {title,
          "time (s)",
          calibration.video.isLine ? "line position (px)" : "picture's component",
          {tool, picture}};
}

Plot curvePlot(const TimeLag& lag) {
  auto curve = series("", PlotSeries::Style::Line);
  for (const auto& [seconds, correlation] : lag.curve)
    curve.points.emplace_back(seconds, std::abs(correlation));
  return {"Likeness of the two motions over the lag", "lag (s)", "correlation", {curve}};
}

std::string verdictOf(const TemporalSummary& summary, const Result& result) {
  if (!result.usable) return "Not usable: " + result.reasons.front() + ".";
  return "Usable: tracker stamps are " + fixed(1000.0 * std::abs(summary.trackerLagSeconds), 1) + " ± " +
         fixed(1000.0 * summary.sigmaSeconds, 1) + " ms " +
         (summary.trackerLagSeconds < 0 ? "earlier" : "later") +
         " than the picture's stamps of the same event.";
}

}  // namespace

Result temporalResult(const TemporalCalibration& calibration) {
  const TemporalSummary& summary = calibration.summary;
  Result result;
  result.kind = "temporal";
  result.usable = summary.usable;
  result.reasons = summary.reasons;
  if (calibration.invalid > 0)
    result.reasons.push_back(std::to_string(calibration.invalid) + " of " +
                             std::to_string(calibration.poses + calibration.invalid) +
                             " poses were INVALID and were left out");
  auto& details = result.details;
  details["trackerLagSeconds"] = jsonNumber(summary.trackerLagSeconds);
  details["sigmaSeconds"] = jsonNumber(summary.sigmaSeconds);
  details["lag95Seconds"] = jsonNumber(summary.lag95Seconds);
  details["correlation"] = jsonNumber(std::abs(summary.lag.correlation));
  details["residual"] = jsonNumber(summary.lag.residual);
  details["residualUnit"] = calibration.video.isLine ? "px" : "standard deviations";
  details["signal"] = calibration.video.isLine ? "line" : "picture";
  details["frames"] = {{"total", calibration.video.frames},
                       {"withLine", calibration.video.framesWithLine},
                       {"compared", summary.lag.samples}};
  details["pose"] = calibration.poseName;
  details["principalAxis"] = jsonVector(summary.motion.axis);
  details["swingMm"] = jsonNumber(summary.motion.swingMm);
  if (summary.leftLagSeconds) details["leftEdgeLagSeconds"] = jsonNumber(*summary.leftLagSeconds);
  if (summary.rightLagSeconds) details["rightEdgeLagSeconds"] = jsonNumber(*summary.rightLagSeconds);
  return result;
}

Report temporalReport(const TemporalCalibration& calibration, const Result& result) {
  const TemporalSummary& summary = calibration.summary;
  Report report("Temporal calibration of " + calibration.poseName);
  report.verdict(result.usable, verdictOf(summary, result));
  if (!result.reasons.empty()) report.list(result.reasons);
  report.section("Result");
  std::vector<std::vector<std::string>> rows = {
      {"tracker lag (s)", fixed(summary.trackerLagSeconds, 4)},
      {"its standard deviation (s)", fixed(summary.sigmaSeconds, 4)},
      {"correlation", fixed(std::abs(summary.lag.correlation), 4)},
      {calibration.video.isLine ? "rms misfit (px)" : "rms misfit (standard deviations)",
       fixed(summary.lag.residual, 2)},
      {"frames compared, with a line, in all", std::to_string(summary.lag.samples) + ", " +
                                                   std::to_string(calibration.video.framesWithLine) + ", " +
                                                   std::to_string(calibration.video.frames)},
      {"motion along the tracker's principal axis (mm)", fixed(summary.motion.swingMm, 1)},
      {"share of the motion along that axis", percent(summary.motion.share)}};
  if (summary.leftLagSeconds && summary.rightLagSeconds)
    rows.push_back({"lag at the left and right edge of the picture (s)",
                    fixed(*summary.leftLagSeconds, 3) + ", " + fixed(*summary.rightLagSeconds, 3)});
  report.table({"measure", "value"}, rows);
  report.text(
      "The tracker's pose for a picture taken at t is that of t + lag. Negative: tracker stamps are earlier "
      "than "
      "image stamps of the same event.");
  report.section("Before and after");
  report.plot(motionPlot(calibration, 0.0, "As stamped"));
  report.plot(motionPlot(calibration, summary.trackerLagSeconds, "With the lag applied"));
  report.plot(curvePlot(summary.lag));
  return report;
}

}  // namespace acuguide::calibration
