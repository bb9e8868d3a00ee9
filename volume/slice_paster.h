#pragma once

#include "volume/volume.h"

#include <Eigen/Core>
#include <opencv2/core.hpp>

#include <array>
#include <vector>

namespace acuguide::volume {

/// Which voxels a pixel goes to: the nearest, or the eight about it by their trilinear weights.
enum class Interpolation { Nearest, Linear };
/// What a voxel becomes that several pixels go to.
enum class Compounding { Mean, Maximum, Latest };

/// The picture of a curved probe as PLUS states it in its configuration (FanOriginPixel, FanAnglesDeg,
/// FanRadiusStartPixel, FanRadiusStopPixel); px, degrees from straight down.
struct PlusFan {
  Eigen::Vector2d originPx = Eigen::Vector2d::Zero();
  double leftDeg = 0.0, rightDeg = 0.0;
  double startPx = 0.0, stopPx = 500.0;
};

/// Which pixels of a frame are used: runs along its rows, from the top, from `start` up to, not including,
/// `end`.
struct ClipRegion {
  struct Run {
    int row = 0;
    cv::Range columns;
  };
  std::vector<Run> runs;  ///< px; none is empty

  /// Columns x to x + width and rows y to y + height, both ends included, as PLUS counts its ClipRectangle;
  /// what lies outside of the image is left away.
  static ClipRegion plusRectangle(const cv::Rect& rectangle, const cv::Size& image);
  /// Of it, the pixels within a fan, as PLUS's optimised pasting counts them.
  ClipRegion within(const PlusFan& fan) const;
  /// The pixels of `bounds`, and where `mask` (of its size) is not empty those of its non-zero pixels, row by
  /// row from the first to the last.
  static ClipRegion within(const cv::Rect& bounds, const cv::Mat& mask);

  /// The smallest rectangle about it; empty when no pixel is left.
  cv::Rect bounds() const;
};

/// Puts frames into a volume, one after another, as PLUS's vtkPlusPasteSliceIntoVolume does (Lasso et al.,
/// IEEE Trans Biomed Eng 2014; nearest voxel: floor(x + 0.5)). By the same arithmetic, so that the same sweep
/// gives the same voxels:
/// - mean, nearest: the running mean in whole grey levels, cut off, not rounded; from 255 pixels a voxel on
/// each
///   further one counts 1/256;
/// - mean, linear: the running weighted mean, rounded at each step;
/// - maximum and latest, linear: only voxels with a weight of 1/8 or more.
/// The order of the frames, and of the pixels row by row, so decides. One thread.
class SlicePaster {
 public:
  SlicePaster(const VolumeGrid& grid, Interpolation interpolation, Compounding compounding);

  /// grey: CV_8UC1; imageToReference: mm in the grid's coordinates from px. Pixels outside of the grid are
  /// left away.
  void paste(const cv::Mat& grey, const ClipRegion& clip, const Eigen::Matrix4d& imageToReference);

  Volume& volume() { return volume_; }

 private:
  template <Compounding compounding>
  void pasteNearest(const cv::Mat& grey, const ClipRegion& clip, const Eigen::Matrix4d& imageToVoxel);
  template <Compounding compounding>
  void pasteLinear(const cv::Mat& grey, const ClipRegion& clip, const Eigen::Matrix4d& imageToVoxel);
  cv::Range insideOf(const Eigen::Vector3d& start, const Eigen::Vector3d& step, cv::Range columns) const;

  Interpolation interpolation_;
  Compounding compounding_;
  Volume volume_;
};

/// Fills voxels that nothing was seen of between some that something was: along the shortest of 13 straight
/// lines through the voxel that end in seen ones on both sides, at most `longestMm` in all (PLUS's STICK).
/// What lies outside of the sweep stays empty. Their weight stays 0. Returns how many were filled.
std::size_t fillHoles(Volume& volume, double longestMm);

}  // namespace acuguide::volume
