#include "calibration/camera/camera_result.h"

#include "calibration/json_values.h"
#include "calibration/report/plot.h"
#include "calibration/sentence.h"
#include "core/error.h"

namespace acuguide::calibration {

Result cameraResult(const CameraSummary& summary, const std::string& board) {
  Result result;
  result.kind = "camera";
  result.usable = summary.usable;
  result.reasons = summary.reasons;
  auto& details = result.details;
  details["board"] = board;
  details["imageSize"] = {summary.camera.imageSize.width, summary.camera.imageSize.height};
  details["cameraMatrix"] = nlohmann::ordered_json::array();
  for (int row = 0; row < 3; ++row)
    details["cameraMatrix"].push_back(
        {summary.camera.matrix(row, 0), summary.camera.matrix(row, 1), summary.camera.matrix(row, 2)});
  details["distortion"] = summary.camera.distortion;
  details["reprojectionPx"] = jsonNumber(summary.rmsPx);
  details["focalSigmaPx"] = jsonNumber(summary.focalSigmaPx);
  details["tiltDeg"] = jsonNumber(summary.tiltDeg);
  details["coverage"] = jsonNumber(summary.coverage);
  details["images"] = {{"total", summary.images}, {"used", summary.used}};
  return result;
}

Report cameraReport(const CameraSummary& summary, const Result& result) {
  Report report("Camera calibration");
  report.verdict(result.usable, result.usable
                                    ? "Usable: the board's points are seen to " + fixed(summary.rmsPx, 2) +
                                          " px (rms) of where they should be."
                                    : "Not usable: " + result.reasons.front() + ".");
  if (!result.reasons.empty()) report.list(result.reasons);
  report.section("Result");
  const auto& matrix = summary.camera.matrix;
  report.table(
      {"measure", "value"},
      {{"focal length x, y (px)", fixed(matrix(0, 0), 1) + ", " + fixed(matrix(1, 1), 1)},
       {"its standard deviation (px)", fixed(summary.focalSigmaPx, 2)},
       {"centre x, y (px)", fixed(matrix(0, 2), 1) + ", " + fixed(matrix(1, 2), 1)},
       {"reprojection error, rms (px)", fixed(summary.rmsPx, 3)},
       {"largest angle between two boards (degrees)", fixed(summary.tiltDeg, 1)},
       {"part of the picture covered", percent(summary.coverage)},
       {"pictures used, of all", std::to_string(summary.used) + " of " + std::to_string(summary.images)}});
  report.section("Errors");
  PlotSeries bars{"", {}, PlotSeries::Style::Bars};
  std::vector<std::vector<std::string>> rows;
  for (std::size_t i = 0; i < summary.names.size(); ++i) {
    bars.points.emplace_back(double(i + 1), summary.viewErrorPx[i]);
    rows.push_back({summary.names[i], fixed(summary.viewErrorPx[i], 3)});
  }
  report.plot(Plot{"Reprojection error of each picture", "picture", "rms (px)", {bars}});
  MapPlot map;
  map.title = "Where the board was seen";
  map.xLabel = "x (px)";
  map.yLabel = "y (px)";
  map.valueLabel = "points";
  map.values = summary.coverageMap;
  map.extent = {0.0, 0.0, double(summary.camera.imageSize.width), double(summary.camera.imageSize.height)};
  report.plot(map);
  report.table({"picture", "rms (px)"}, rows);
  return report;
}

CameraModel cameraModelOf(const Result& result, const std::string& where) {
  if (result.kind != "camera")
    throw Error(where, "is a calibration of kind " + result.kind, "give one of kind camera");
  if (!result.usable) throw Error(where, "is a camera calibration that is not usable", "calibrate again");
  try {
    CameraModel camera;
    const auto& size = result.details.at("imageSize");
    camera.imageSize = {size.at(0).get<int>(), size.at(1).get<int>()};
    for (int row = 0; row < 3; ++row)
      for (int column = 0; column < 3; ++column)
        camera.matrix(row, column) =
            result.details.at("cameraMatrix").at(std::size_t(row)).at(std::size_t(column)).get<double>();
    camera.distortion = result.details.at("distortion").get<std::vector<double>>();
    return camera;
  } catch (const nlohmann::json::exception& fault) {
    throw Error(where, std::string("is damaged (") + fault.what() + ")", "calibrate again");
  }
}

}  // namespace acuguide::calibration
