#include "calibration/scale/scale_result.h"

#include "calibration/json_values.h"

#include <opencv2/imgproc.hpp>

#include <cmath>

namespace acuguide::calibration {
namespace {

const cv::Scalar found(80, 220, 80), frame(220, 160, 60);

/// What was found, drawn into the image.
cv::Mat marked(const ScaleSummary& summary, const cv::Mat& image) {
  cv::Mat picture;
  if (image.channels() == 1)
    cv::cvtColor(image, picture, cv::COLOR_GRAY2BGR);
  else
    picture = image.clone();
  if (!summary.region.empty()) cv::rectangle(picture, summary.region, frame);
  const auto mark = [&picture](const TickComb& comb, bool alongX) {
    for (int i = 0; i < comb.ticks; ++i) {
      const int at = cvRound(comb.firstPx + i * comb.periodPx);
      const int before = comb.fromColumn - 8, after = comb.toColumn + 8;
      cv::line(picture, alongX ? cv::Point(at, before) : cv::Point(before, at),
               alongX ? cv::Point(at, after) : cv::Point(after, at), found);
    }
  };
  if (summary.depthRuler) mark(*summary.depthRuler, false);
  if (summary.widthRuler) mark(*summary.widthRuler, true);
  for (const WrittenNumber& number : summary.numbers) cv::circle(picture, number.centre, 14, found);
  if (summary.clicks.size() == 2) cv::line(picture, summary.clicks[0], summary.clicks[1], found);
  return picture;
}

nlohmann::ordered_json combJson(const TickComb& comb) {
  return {{"ticks", comb.ticks},
          {"firstPx", comb.firstPx},
          {"periodPx", comb.periodPx},
          {"spreadPx", comb.spreadPx}};
}

}  // namespace

Result scaleResult(const ScaleSummary& summary) {
  Result result;
  result.kind = "scale";
  result.usable = summary.usable;
  result.reasons = summary.reasons;
  auto& details = result.details;
  details["source"] = summary.source;
  if (summary.spacingMm) {
    details["pixelSpacingMm"] = jsonVector(*summary.spacingMm);
    details["pxPerMm"] = jsonVector(summary.spacingMm->cwiseInverse());
    details["relativeError"] = jsonNumber(summary.sigmaShare);
  } else {
    details["pixelSpacingMm"] = nullptr;
  }
  if (!summary.imageSize.empty())
    details["imageSizePx"] = {summary.imageSize.width, summary.imageSize.height};
  if (!summary.region.empty())
    details["region"] = {{"x", summary.region.x},
                         {"y", summary.region.y},
                         {"width", summary.region.width},
                         {"height", summary.region.height}};
  if (summary.depthRuler) details["depthRuler"] = combJson(*summary.depthRuler);
  if (summary.widthRuler) details["widthRuler"] = combJson(*summary.widthRuler);
  return result;
}

Report scaleReport(const ScaleSummary& summary, const Result& result, const cv::Mat& image) {
  Report report("Pixel scale");
  if (summary.usable)
    report.verdict(
        true, "Usable: " + fixed(1.0 / (*summary.spacingMm)[1], 3) + " px a millimetre in depth, " +
                  fixed(1.0 / (*summary.spacingMm)[0], 3) + " across" +
                  (std::isfinite(summary.sigmaShare) ? ", to " + fixed(100.0 * summary.sigmaShare, 2) + " %."
                                                     : "."));
  else
    report.verdict(false, "Not usable: " + result.reasons.front() + ".");
  report.list(result.reasons);
  report.picture(marked(summary, image),
                 "The picture found (frame), and the ticks, numbers or points the scale was taken from.");
  return report;
}

}  // namespace acuguide::calibration
