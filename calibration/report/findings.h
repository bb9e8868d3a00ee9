#pragma once

#include "calibration/report/plot.h"

#include <Eigen/Core>
#include <opencv2/core.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace acuguide::calibration {

/// A wire of the phantom (or its point, or a place on its wall) in one frame: where the calibration puts it
/// and where it was seen.
struct Finding {
  Eigen::Vector2d expectedPx, seenPx;
  double errorMm = 0.0;
};

/// One frame of a sweep under a calibration.
struct FrameFindings {
  std::size_t sweep = 0;  ///< 0: calibration, 1: validation
  std::int64_t frame = 0;
  cv::Mat grey;
  std::vector<Finding> wires;  ///< one a wire, in the phantom's order; empty when the frame was left out
  double errorMm = 0.0;        ///< their mean
  bool outlier = false;        ///< seen, but farther off than the others, and so not used
  std::string left;            ///< why it was left out; empty when it was not
};

/// What a person looks at to judge a spatial calibration, whatever its phantom.
struct Findings {
  std::vector<std::string> wires;  ///< names
  std::array<std::string, 2> sweeps;
  std::vector<FrameFindings> frames;  ///< the calibration's, then the validation's, each in order
  cv::Size imageSize;
  double limitMm = 0.0;
  bool usable = false;
  std::string verdict;               ///< one sentence
  std::vector<std::string> reasons;  ///< likeliest first
  /// What was measured, name and value with its unit, for a line of key figures.
  std::vector<std::pair<std::string, std::string>> figures;
};

/// Mean error over the picture, 8 x 6 cells; NaN where no wire was seen.
MapPlot errorMap(const Findings& findings, std::size_t sweep);

/// Mean and 95th percentile of one wire's errors in a sweep, mm; NaN where it has none.
std::pair<double, double> wireError(const Findings& findings, std::size_t sweep, std::size_t wire);

/// The frames to look at first (places in findings.frames): outliers, those left out, then those used with
/// the largest errors; at most `most`.
std::vector<std::size_t> framesToLookAt(const Findings& findings, std::size_t most);

/// A frame's picture with its wires as they should be (green crosses) and as they were seen (circles), BGR.
cv::Mat overlay(const Findings& findings, const FrameFindings& frame);

}  // namespace acuguide::calibration
