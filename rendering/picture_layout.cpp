#include "rendering/picture_layout.h"

#include "rendering/palette.h"

#include <algorithm>
#include <cmath>

namespace acuguide::rendering {

PictureLayout PictureLayout::fit(cv::Size view, cv::Size picture,
                                 const std::optional<Eigen::Vector2d>& spacingMm, double unit, double margin,
                                 cv::Rect shown) {
  PictureLayout layout;
  layout.view = view;
  layout.picture = picture;
  const cv::Rect whole(cv::Point(), picture);
  layout.shown = (shown & whole).empty() ? whole : shown & whole;
  layout.unit = unit;
  Eigen::Vector2d aspect = Eigen::Vector2d::Ones();
  if (spacingMm && spacingMm->minCoeff() > 0) aspect = *spacingMm / spacingMm->minCoeff();
  const Eigen::Vector2d room(std::max(1.0, view.width - 2 * margin), std::max(1.0, view.height - 2 * margin));
  const Eigen::Vector2d natural(layout.shown.width * aspect.x(), layout.shown.height * aspect.y());
  const Eigen::Vector2d size =
      (natural * (room.array() / natural.array()).minCoeff()).array().round().max(1.0).matrix();
  layout.scale = Eigen::Vector2d(size.x() / layout.shown.width, size.y() / layout.shown.height);
  const Eigen::Vector2d corner(std::round((view.width - size.x()) / 2),
                               std::round((view.height - size.y()) / 2));
  layout.origin = corner - layout.scale.cwiseProduct(Eigen::Vector2d(layout.shown.x, layout.shown.y));
  return layout;
}

void PictureLayout::scaleTo(double windowHeight, double density) {
  constexpr double kTypeShare = 0.025, kLineHeight = 1080, kLeastType = 0.8, kLeastLine = 0.7;
  unit = std::max(kLeastType * density, windowHeight * kTypeShare / palette::kPictureLabelPx);
  lineUnit = std::max(kLeastLine * density, windowHeight / kLineHeight);
}

PictureLayout PictureLayout::enlarged(cv::Size picture, int factor) {
  PictureLayout layout;
  layout.picture = picture;
  layout.shown = cv::Rect(cv::Point(), picture);
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

cv::Rect2d PictureLayout::pictureRectangle() const { return toView(shown); }

cv::Rect2d PictureLayout::toView(const cv::Rect& pixels) const {
  return {origin.x() + pixels.x * scale.x(), origin.y() + pixels.y * scale.y(), pixels.width * scale.x(),
          pixels.height * scale.y()};
}

}  // namespace acuguide::rendering
