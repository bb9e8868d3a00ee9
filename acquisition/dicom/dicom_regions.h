#pragma once

#include <Eigen/Core>
#include <opencv2/core.hpp>

#include <optional>
#include <string>
#include <vector>

namespace acuguide::acquisition {

/// One item of the Sequence of Ultrasound Regions (DICOM PS3.3, C.8.5.5).
struct DicomRegion {
  int spatialFormat = 0;          ///< 1: two-dimensional
  int dataType = 0;               ///< 1: tissue, 2: colour flow, 10: ECG, 12 to 15: bars
  cv::Rect box;                   ///< px of the whole picture; both stated corners belong to it
  int unitX = 0, unitY = 0;       ///< 3: cm
  double deltaX = 0, deltaY = 0;  ///< units a pixel
};

/// What the regions say of the picture's scale.
struct DicomScale {
  std::optional<Eigen::Vector2d> spacingMm;
  cv::Rect region;     ///< of the largest two-dimensional tissue region that fits; empty when there is none
  std::string reason;  ///< why there is no spacing, in words; empty when there is one
};

/// The pixel spacing, if it can be trusted. Every two-dimensional tissue region must be stated in cm with
/// increments that make sense (positive, 0.005 to 1 mm a pixel), lie within the picture (a corner one pixel
/// outside is a habit of some scanners), and all must agree; no other region that covers half of one or more
/// may contradict it. Anything else gives no spacing: a picture that was cropped or shrunk after it was made
/// still carries the regions of the original.
DicomScale scaleFromRegions(const std::vector<DicomRegion>& regions, cv::Size picture);

/// Where the file says that two-dimensional ultrasound (tissue, colour flow) is, px of the whole picture.
/// Empty when it says so of nothing, or when one of them does not fit the picture: then none is of this
/// picture.
std::vector<cv::Rect> tissueRegions(const std::vector<DicomRegion>& regions, cv::Size picture);

}  // namespace acuguide::acquisition
