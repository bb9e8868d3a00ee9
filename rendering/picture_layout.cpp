#include "rendering/picture_layout.h"

#include <algorithm>
#include <cmath>

namespace acuguide::rendering {

PictureLayout PictureLayout::fit(cv::Size view, cv::Size picture,
                                 const std::optional<Eigen::Vector2d>& spacingMm, double unit,
                                 double margin) {
  PictureLayout layout;
  layout.view = view;
  layout.picture = picture;
  layout.unit = unit;
  Eigen::Vector2d aspect = Eigen::Vector2d::Ones();
  if (spacingMm && spacingMm->minCoeff() > 0) aspect = *spacingMm / spacingMm->minCoeff();
  const Eigen::Vector2d room(std::max(1.0, view.width - 2 * margin), std::max(1.0, view.height - 2 * margin));
  const Eigen::Vector2d natural(picture.width * aspect.x(), picture.height * aspect.y());
  const Eigen::Vector2d size =
      (natural * (room.array() / natural.array()).minCoeff()).array().round().max(1.0).matrix();
  layout.scale = Eigen::Vector2d(size.x() / picture.width, size.y() / picture.height);
  layout.origin =
      Eigen::Vector2d(std::round((view.width - size.x()) / 2), std::round((view.height - size.y()) / 2));
  return layout;
}

PictureLayout PictureLayout::enlarged(cv::Size picture, int factor) {
  PictureLayout layout;
  layout.picture = picture;
  layout.view = cv::Size(picture.width * factor, picture.height * factor);
  layout.scale = Eigen::Vector2d::Constant(factor);
  return layout;
}

Eigen::Vector2d PictureLayout::toView(const Eigen::Vector2d& px) const {
  return origin + (px + Eigen::Vector2d::Constant(0.5)).cwiseProduct(scale);
}

Eigen::Vector2d PictureLayout::toPicture(const Eigen::Vector2d& position) const {
  return (position - origin).cwiseQuotient(scale) - Eigen::Vector2d::Constant(0.5);
}

cv::Rect2d PictureLayout::pictureRectangle() const { return toView(cv::Rect(cv::Point(), picture)); }

cv::Rect2d PictureLayout::toView(const cv::Rect& pixels) const {
  return {origin.x() + pixels.x * scale.x(), origin.y() + pixels.y * scale.y(), pixels.width * scale.x(),
          pixels.height * scale.y()};
}

}  // namespace acuguide::rendering
