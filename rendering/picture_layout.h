#pragma once

#include <Eigen/Core>
#include <opencv2/core.hpp>

#include <optional>

namespace acuguide::rendering {

/// Where the picture lies in the view. View coordinates are device pixels, x right, y down, (0,0) the outer
/// corner of the top left pixel; picture coordinates as in Frame (centre of the first pixel at (0,0)).
struct PictureLayout {
  cv::Size view{1, 1};
  cv::Size picture{1, 1};
  Eigen::Vector2d origin = Eigen::Vector2d::Zero();  ///< the picture's top left corner
  Eigen::Vector2d scale = Eigen::Vector2d::Ones();   ///< view pixels per picture pixel
  double unit = 1.0;                                 ///< device pixels per device-independent pixel

  /// As large as fits inside `margin` (device pixels), centred, in whole view pixels; square in the body
  /// where the spacing is known.
  static PictureLayout fit(cv::Size view, cv::Size picture, const std::optional<Eigen::Vector2d>& spacingMm,
                           double unit, double margin);
  /// Each picture pixel becomes `factor` x `factor` view pixels, no margin.
  static PictureLayout enlarged(cv::Size picture, int factor);

  Eigen::Vector2d toView(const Eigen::Vector2d& px) const;
  Eigen::Vector2d toPicture(const Eigen::Vector2d& position) const;
  double meanScale() const { return (scale.x() + scale.y()) / 2; }

  /// In view coordinates.
  cv::Rect2d pictureRectangle() const;
  cv::Rect2d toView(const cv::Rect& pixels) const;
};

}  // namespace acuguide::rendering
