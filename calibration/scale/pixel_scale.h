#pragma once

#include "calibration/number_reader.h"
#include "calibration/scale/tick_comb.h"

#include <Eigen/Core>
#include <opencv2/core.hpp>

#include <optional>
#include <string>
#include <vector>

namespace acuguide::calibration {

/// How many millimetres a pixel is.
struct ScaleSummary {
  std::string source;                        ///< "ruler", "clicks", "depth" or "file"
  std::optional<Eigen::Vector2d> spacingMm;  ///< x, y; nothing when nothing is sure
  double sigmaShare = 0.0;                   ///< expected relative error of it; NaN: not known
  cv::Size imageSize;                        ///< of the image it was found in, px
  cv::Rect region;                           ///< the ultrasound picture
  std::optional<TickComb> depthRuler;        ///< along y
  std::optional<TickComb> widthRuler;        ///< along x
  std::vector<WrittenNumber> numbers;        ///< those that fit the ruler
  std::vector<cv::Point2d> clicks;
  bool usable = false;
  std::vector<std::string> reasons;
};

/// From the ruler beside the picture. A wrong millimetre is worse than none, so all of this must agree: at
/// least four equally spaced ticks along most of the picture's depth; a number at two of them, or at one
/// where the ruler begins at the picture's edge, all in one proportion to the ticks, of a step that rulers
/// have (1, 2, 5 times a power of ten); and a depth that is possible in one unit only (2 to 14 cm, or 31 to
/// 300 mm). Two rulers that disagree are no ruler. A ruler along x gives the width of a pixel; without one
/// pixels are taken as square.
ScaleSummary scaleFromRuler(const cv::Mat& grey, double pixelAspect = 1.0);

/// As the file itself states it: DICOM's ultrasound regions, checked by acquisition::scaleFromRegions(), or a
/// sequence's ElementSpacing. Refused where no ultrasound picture has such pixels.
ScaleSummary scaleFromFile(const Eigen::Vector2d& statedMm, const cv::Size& imageSize);

/// No scale from `source`, and why: one that cannot be used is never replaced by a guess.
ScaleSummary noScale(const std::string& source, const cv::Size& imageSize, const std::string& why);

/// From two points a known distance apart, in px of an image of that size. Pixels are taken as square, or of
/// the aspect (width over height) that the source states.
ScaleSummary scaleFromClicks(const cv::Point2d& a, const cv::Point2d& b, double mm, const cv::Size& imageSize,
                             double pixelAspect = 1.0);

/// From the depth setting of the scanner and the height of the picture found; pixels are taken as
/// square, or of the stated aspect.
ScaleSummary scaleFromDepth(const cv::Mat& grey, double depthMm, double pixelAspect = 1.0);

}  // namespace acuguide::calibration
