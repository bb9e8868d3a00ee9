#pragma once

#include "imaging/area_shrink.h"
#include "imaging/frame_analysis.h"

#include <opencv2/core.hpp>

#include <vector>

namespace acuguide::imaging {

/// A frame's ultrasound picture made ready for finding planes: probe side up, at full resolution, and a
/// working copy of fixed width, transposed and with gain and attenuation levelled out (zero local mean, unit
/// local deviation).
class PlanePicture {
 public:
  static constexpr int workingColumns = 256;  ///< smaller pictures are not enlarged

  /// grey: CV_8UC1. False when the region is too small to hold planes.
  bool prepare(const cv::Mat& grey, const ImagingRegion& region);

  const cv::Mat& upright() const { return picture_; }        ///< CV_8UC1, full resolution, probe side up
  const cv::Mat& transposed() const { return transposed_; }  ///< CV_32F, working resolution, a row a column
  const cv::Mat& levelled() const { return levelled_; }      ///< the same, levelled
  const std::vector<int>& lastDepth() const { return lastDepth_; }  ///< insonified, of each column
  double scale() const { return scale_; }  ///< full-resolution pixels per working pixel
  int columns() const { return transposed_.rows; }
  int depths() const { return transposed_.cols; }

  /// Between full-resolution and working coordinates (pixel centres at integers in both).
  double toWorking(double full) const { return (full + 0.5) / scale_ - 0.5; }
  double toFull(double working) const { return (working + 0.5) * scale_ - 0.5; }

  bool flipped() const { return flipped_; }  ///< the probe is at the bottom of the frame

  /// Frame x of a working column; working depth of a frame y.
  double frameX(double working) const { return toFull(working) + bounds_.x; }
  double workingY(double frame) const {
    return toWorking(flipped_ ? bounds_.br().y - 1 - frame : frame - bounds_.y);
  }

  /// From upright picture pixels to the frame's.
  PlaneVertex toFrame(const PlaneVertex& v) const;

 private:
  void findLastDepths(const cv::Mat& mask);
  void level();

  cv::Rect bounds_;
  bool flipped_ = false;
  double scale_ = 1;
  AreaShrink shrink_;
  cv::Mat picture_, flip_, small_, turned_, transposed_, levelled_;
  std::vector<int> lastDepth_;
  std::vector<int> sums_, squares_;                 // of the window's columns, per depth
  std::vector<unsigned> sumsSoFar_, squaresSoFar_;  // of those, from the window of depth 0 on
};

}  // namespace acuguide::imaging
