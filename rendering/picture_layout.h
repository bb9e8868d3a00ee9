#pragma once

#include <Eigen/Core>
#include <opencv2/core.hpp>

#include <optional>

namespace acuguide::rendering {

/// Where the picture, or a part of it, lies in the view. View coordinates: device pixels, x right, y down,
/// (0,0) the outer corner of the top left one; picture coordinates as in Frame (first pixel's centre (0,0)).
struct PictureLayout {
  cv::Size view{1, 1};
  cv::Size picture{1, 1};
  cv::Rect shown{0, 0, 1, 1};  ///< the part of the picture that is seen, picture pixels
  /// The whole picture's top left corner, which lies outside the view where a part is shown.
  Eigen::Vector2d origin = Eigen::Vector2d::Zero();
  Eigen::Vector2d scale = Eigen::Vector2d::Ones();  ///< view pixels per picture pixel
  double unit = 1.0;                                ///< of type, marks and distances: device pixels
  double lineUnit = 1.0;                            ///< of lines and the frame of the state: device pixels

  /// As large as fits inside `margin` (device pixels), centred, in whole view pixels; square in the body
  /// where the spacing is known. `shown`: the part of the picture to be seen; empty: all of it.
  static PictureLayout fit(cv::Size view, cv::Size picture, const std::optional<Eigen::Vector2d>& spacingMm,
                           double unit, double margin, cv::Rect shown = {});
  /// Units for a window of this height, device pixels: type of 16 units has 2.5 % of it (10 arc minutes two
  /// metres from a 24 inch screen), lines are as wide as their names say at 1080 pixels. Never smaller than
  /// can be read close by; `density`: device pixels per logical one.
  void scaleTo(double windowHeight, double density);
  /// Each picture pixel becomes `factor` x `factor` view pixels, no margin.
  static PictureLayout enlarged(cv::Size picture, int factor);

  Eigen::Vector2d toView(const Eigen::Vector2d& px) const;
  Eigen::Vector2d toPicture(const Eigen::Vector2d& position) const;
  double meanScale() const { return (scale.x() + scale.y()) / 2; }

  /// What is shown of the picture, in view coordinates.
  cv::Rect2d pictureRectangle() const;
  cv::Rect2d toView(const cv::Rect& pixels) const;
};

}  // namespace acuguide::rendering
