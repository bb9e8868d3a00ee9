#include "calibration/tools/landmarks_result.h"

#include "calibration/json_values.h"
#include "calibration/report/plot.h"

namespace acuguide::calibration {

Result landmarksResult(const LandmarkSummary& summary) {
  Result result;
  result.kind = "landmarks";
  result.usable = summary.usable;
  result.reasons = summary.reasons;
  auto& details = result.details;
  details["fromToTo"] = jsonMatrix(summary.fromToTo);
  details["freMm"] = jsonNumber(summary.freMm);
  details["fleMm"] = jsonNumber(summary.fleMm);
  details["treEstimateMm"] = jsonNumber(summary.treEstimateMm);
  details["treAtCentroidMm"] = jsonNumber(summary.treAtCentroidMm);
  details["target95Mm"] = jsonVector(summary.target95Mm);
  details["landmarks"] = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < summary.names.size(); ++i)
    details["landmarks"].push_back({{"name", summary.names[i]}, {"errorMm", jsonNumber(summary.errorMm[i])}});
  details["onlyFrom"] = summary.onlyFrom;
  details["onlyTo"] = summary.onlyTo;
  return result;
}

Report landmarksReport(const LandmarkSummary& summary, const Result& result) {
  Report report("Landmark registration");
  report.verdict(result.usable, result.usable ? "Usable: the expected error at the target is " +
                                                    fixed(summary.treEstimateMm, 2) + " mm."
                                              : "Not usable: " + result.reasons.front() + ".");
  if (!result.reasons.empty()) report.list(result.reasons);
  report.section("Result");
  report.table({"measure", "mm"},
               {{"fiducial registration error (FRE), rms", fixed(summary.freMm, 3)},
                {"localisation error it speaks for (FLE)", fixed(summary.fleMm, 3)},
                {"expected target registration error (TRE)", fixed(summary.treEstimateMm, 3)},
                {"the same at the landmarks' middle", fixed(summary.treAtCentroidMm, 3)}});
  std::vector<std::vector<std::string>> matrix;
  for (Eigen::Index row = 0; row < 4; ++row) {
    matrix.emplace_back();
    for (Eigen::Index column = 0; column < 4; ++column)
      matrix.back().push_back(fixed(summary.fromToTo(row, column), 5));
  }
  report.table({"from to to", "", "", ""}, matrix);
  report.section("Errors");
  std::vector<std::vector<std::string>> rows;
  PlotSeries bars{"", {}, PlotSeries::Style::Bars};
  for (std::size_t i = 0; i < summary.names.size(); ++i) {
    rows.push_back({summary.names[i], fixed(summary.errorMm[i], 3)});
    bars.points.emplace_back(double(i + 1), summary.errorMm[i]);
  }
  report.table({"landmark", "distance (mm)"}, rows);
  report.plot(Plot{"Distance of each landmark from its partner", "landmark", "distance (mm)", {bars}});
  return report;
}

}  // namespace acuguide::calibration
