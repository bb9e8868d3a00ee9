#include "calibration/tools/pivot_result.h"

#include "calibration/json_values.h"
#include "calibration/report/plot.h"
#include "calibration/sentence.h"

#include <Eigen/Geometry>

#include <algorithm>

namespace acuguide::calibration {
namespace {

std::string verdictOf(const PivotSummary& pivot, const Result& result) {
  if (!result.usable) return "Not usable: " + result.reasons.front() + ".";
  return "Usable: the tip is known to " + fixed(pivot.worstSigmaMm, 3) +
         " mm (standard deviation in its worst direction).";
}

Plot errorPlot(const PivotSummary& pivot) {
  PlotSeries used{"used", {}, PlotSeries::Style::Points}, out{"left out", {}, PlotSeries::Style::Points};
  for (std::size_t i = 0; i < pivot.errorMm.size(); ++i)
    (pivot.inlier[i] ? used : out).points.emplace_back(double(i), pivot.errorMm[i]);
  Plot plot{"Distance of each pose's tip from the pivot point", "pose", "distance (mm)", {used, out}};
  return plot;
}

Plot errorHistogram(const PivotSummary& pivot) {
  std::vector<double> used;
  for (std::size_t i = 0; i < pivot.errorMm.size(); ++i)
    if (pivot.inlier[i]) used.push_back(pivot.errorMm[i]);
  const double highest = used.empty() ? 1.0 : std::max(1e-6, *std::max_element(used.begin(), used.end()));
  return {"Poses used, by distance", "distance (mm)", "poses", {histogram("", used, 0.0, highest, 24)}};
}

}  // namespace

Result pivotResult(const PivotCalibration& calibration) {
  const PivotSummary& pivot = calibration.pivot;
  Result result;
  result.kind = "pivot";
  result.usable = pivot.usable;
  result.reasons = pivot.reasons;
  if (calibration.invalid > 0)
    result.reasons.push_back(std::to_string(calibration.invalid) + " of " +
                             std::to_string(calibration.invalid + pivot.total) +
                             " poses were INVALID (the tracker did not see the tool) and were left out");
  auto& details = result.details;
  details["pose"] = calibration.poseName;
  details["tipMm"] = jsonVector(pivot.tipMm);
  details["tipSigmaMm"] = jsonVector(pivot.tipSigmaMm);
  details["tip95Mm"] = jsonVector(pivot.tip95Mm);
  details["worstSigmaMm"] = jsonNumber(pivot.worstSigmaMm);
  details["pivotMm"] = jsonVector(pivot.pivotMm);
  details["rmsMm"] = jsonNumber(pivot.rmsMm);
  details["inlierRmsMm"] = jsonNumber(pivot.inlierRmsMm);
  details["inliers"] = pivot.inliers;
  details["total"] = pivot.total;
  details["invalid"] = calibration.invalid;
  details["conditionNumber"] = jsonNumber(pivot.conditionNumber);
  details["tiltDeg"] = jsonNumber(pivot.tiltDeg);
  details["secondTiltDeg"] = jsonNumber(pivot.secondTiltDeg);
  details["slipMm"] = jsonNumber(pivot.slipMm);
  if (calibration.spin) {
    const SpinSummary& spin = *calibration.spin;
    details["shaftDirection"] = jsonVector(spin.direction);
    details["shaftPointMm"] = jsonVector(spin.pointMm);
    details["spinTurnDeg"] = jsonNumber(spin.turnDeg);
    details["spinWobbleDeg"] = jsonNumber(spin.wobbleDeg);
    const Eigen::Vector3d fromShaft = pivot.tipMm - spin.pointMm;
    const double off = fromShaft.cross(spin.direction).norm();
    details["tipOffShaftMm"] = jsonNumber(off);
    result.usable = result.usable && spin.usable;
    result.reasons.insert(result.reasons.begin(), spin.reasons.begin(), spin.reasons.end());
    if (off > 2.0)
      result.reasons.push_back("the tip lies " + fixed(off, 1) +
                               " mm beside the shaft: the tool is bent, or the recordings are of two tools");
  }
  return result;
}

Report pivotReport(const PivotCalibration& calibration, const Result& result) {
  const PivotSummary& pivot = calibration.pivot;
  Report report("Pivot calibration" + (calibration.poseName.empty() ? "" : " of " + calibration.poseName));
  report.verdict(result.usable, verdictOf(pivot, result));
  if (!result.reasons.empty()) report.list(result.reasons);
  report.section("Result");
  report.table(
      {"", "x (mm)", "y (mm)", "z (mm)"},
      {{"tip, in the tool's frame", fixed(pivot.tipMm[0], 3), fixed(pivot.tipMm[1], 3),
        fixed(pivot.tipMm[2], 3)},
       {"standard deviation", fixed(pivot.tipSigmaMm[0], 3), fixed(pivot.tipSigmaMm[1], 3),
        fixed(pivot.tipSigmaMm[2], 3)},
       {"pivot point", fixed(pivot.pivotMm[0], 2), fixed(pivot.pivotMm[1], 2), fixed(pivot.pivotMm[2], 2)}});
  report.table(
      {"measure", "value"},
      {{"poses used, of all valid", std::to_string(pivot.inliers) + " of " + std::to_string(pivot.total)},
       {"poses INVALID", std::to_string(calibration.invalid)},
       {"rms distance, poses used (mm)", fixed(pivot.inlierRmsMm, 3)},
       {"rms distance, all poses (mm)", fixed(pivot.rmsMm, 3)},
       {"condition number (2 is excellent, above 30 poor)", fixed(pivot.conditionNumber, 1)},
       {"tilt to either side (degrees)", fixed(pivot.tiltDeg, 1)},
       {"tilt across that plane (degrees)", fixed(pivot.secondTiltDeg, 1)},
       {"shift of the resting point between halves (mm)", fixed(pivot.slipMm, 3)}});
  if (calibration.spin) {
    const auto& spin = *calibration.spin;
    report.table({"shaft", "x", "y", "z"}, {{"direction", fixed(spin.direction[0], 4),
                                             fixed(spin.direction[1], 4), fixed(spin.direction[2], 4)},
                                            {"a point on it (mm)", fixed(spin.pointMm[0], 2),
                                             fixed(spin.pointMm[1], 2), fixed(spin.pointMm[2], 2)}});
    report.text("Turned by " + fixed(spin.turnDeg, 0) + "°, wobble " + fixed(spin.wobbleDeg, 2) + "° (rms).");
  }
  report.section("Errors");
  report.plot(errorPlot(pivot));
  report.plot(errorHistogram(pivot));
  return report;
}

}  // namespace acuguide::calibration
