#pragma once

#include "calibration/report/report.h"
#include "calibration/report/result.h"
#include "calibration/scale/pixel_scale.h"

#include <opencv2/core.hpp>

namespace acuguide::calibration {

Result scaleResult(const ScaleSummary& summary);
/// image: what was measured on, CV_8UC1 or BGR.
Report scaleReport(const ScaleSummary& summary, const Result& result, const cv::Mat& image);

}  // namespace acuguide::calibration
