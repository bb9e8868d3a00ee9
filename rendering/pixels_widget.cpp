#include "rendering/pixels_widget.h"

#include <QtGui/QPainter>
#include <QtWidgets/QWidget>

#include <algorithm>
#include <cmath>

namespace acuguide::rendering {

cv::Size sizeInPixels(const QWidget& widget) {
  const double ratio = widget.devicePixelRatioF();
  return {std::max(1, static_cast<int>(std::lround(widget.width() * ratio))),
          std::max(1, static_cast<int>(std::lround(widget.height() * ratio)))};
}

QImage imageOf(const Pixels& pixels) {
  return {pixels.data, pixels.cols, pixels.rows, static_cast<qsizetype>(pixels.step), QImage::Format_RGB32};
}

void paintPixels(const Pixels& pixels, QWidget& widget) {
  if (pixels.empty()) return;
  QImage image = imageOf(pixels);
  image.setDevicePixelRatio(widget.devicePixelRatioF());
  QPainter painter(&widget);
  painter.setCompositionMode(QPainter::CompositionMode_Source);
  painter.drawImage(QPointF(0, 0), image);
}

}  // namespace acuguide::rendering
