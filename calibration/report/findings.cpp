#include "calibration/report/findings.h"

#include "calibration/spatial/spatial_errors.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <limits>

namespace acuguide::calibration {

MapPlot errorMap(const Findings& findings, std::size_t sweep) {
  constexpr int columns = 8, rowCount = 6;
  const cv::Size& size = findings.imageSize;
  cv::Mat sum = cv::Mat::zeros(rowCount, columns, CV_64F), count = sum.clone();
  for (const FrameFindings& frame : findings.frames) {
    if (frame.sweep != sweep) continue;
    for (const Finding& wire : frame.wires) {
      const int c = std::clamp(static_cast<int>(wire.seenPx.x() * columns / size.width), 0, columns - 1);
      const int r = std::clamp(static_cast<int>(wire.seenPx.y() * rowCount / size.height), 0, rowCount - 1);
      sum.at<double>(r, c) += wire.errorMm;
      count.at<double>(r, c) += 1;
    }
  }
  cv::Mat mean(rowCount, columns, CV_64F, cv::Scalar(std::numeric_limits<double>::quiet_NaN()));
  for (int r = 0; r < rowCount; ++r) {
    for (int c = 0; c < columns; ++c) {
      if (count.at<double>(r, c) > 0) mean.at<double>(r, c) = sum.at<double>(r, c) / count.at<double>(r, c);
    }
  }
  return {"Distance to wire over the picture, " + findings.sweeps[sweep],
          "x (px)",
          "y (px)",
          "mm",
          mean,
          cv::Rect2d(0, 0, size.width, size.height),
          findings.limitMm};
}

std::pair<double, double> wireError(const Findings& findings, std::size_t sweep, std::size_t wire) {
  std::vector<double> errors;
  for (const FrameFindings& frame : findings.frames) {
    if (frame.sweep == sweep && wire < frame.wires.size()) errors.push_back(frame.wires[wire].errorMm);
  }
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  if (errors.empty()) return {none, none};
  const ErrorSummary summary = summarise(errors);
  return {summary.mean, summary.p95};
}

std::vector<std::size_t> framesToLookAt(const Findings& findings, std::size_t most) {
  std::vector<std::size_t> order(findings.frames.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto rank = [&](std::size_t i) {
    const FrameFindings& frame = findings.frames[i];
    return std::pair(frame.outlier ? 0 : frame.left.empty() ? 2 : 1, -frame.errorMm);
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
  if (order.size() > most) order.resize(most);
  return order;
}

cv::Mat overlay(const Findings& findings, const FrameFindings& frame) {
  cv::Mat drawn;
  cv::cvtColor(frame.grey, drawn, cv::COLOR_GRAY2BGR);
  const auto at = [](const Eigen::Vector2d& px) { return cv::Point(cvRound(px.x()), cvRound(px.y())); };
  for (std::size_t i = 0; i < frame.wires.size(); ++i) {
    const Finding& wire = frame.wires[i];
    if (wire.expectedPx.allFinite())
      cv::drawMarker(drawn, at(wire.expectedPx), {60, 220, 60}, cv::MARKER_CROSS, 22, 1, cv::LINE_AA);
    cv::circle(drawn, at(wire.seenPx), 10, {40, 160, 255}, 1, cv::LINE_AA);
    cv::putText(drawn, findings.wires[i], at(wire.seenPx) + cv::Point(13, -8), cv::FONT_HERSHEY_SIMPLEX, 0.4,
                {230, 230, 230}, 1, cv::LINE_AA);
  }
  return drawn;
}

}  // namespace acuguide::calibration
