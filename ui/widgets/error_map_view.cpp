#include "ui/widgets/error_map_view.h"

#include "ui/style/metrics.h"
#include "ui/style/style.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace acuguide::ui {

namespace {

/// From dark to bright through one range of lightness, so that it reads without telling colours apart.
QColor heat(double share) {
  struct Stop {
    double red, green, blue;
  };
  constexpr Stop stops[] = {{30, 52, 66}, {38, 110, 118}, {92, 168, 120}, {240, 228, 66}};
  const double place = std::clamp(share, 0.0, 1.0) * 3;
  const int low = std::min(2, static_cast<int>(place));
  const double t = place - low;
  const auto mix = [t](double a, double b) { return static_cast<int>(std::lround(a + (b - a) * t)); };
  return QColor(mix(stops[low].red, stops[low + 1].red), mix(stops[low].green, stops[low + 1].green),
                mix(stops[low].blue, stops[low + 1].blue));
}

}  // namespace

ErrorMapView::ErrorMapView(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void ErrorMapView::setFindings(const calibration::Findings* findings, std::size_t sweep) {
  values_ = cv::Mat();
  if (findings != nullptr && findings->imageSize.area() > 0) {
    values_ = calibration::errorMap(*findings, sweep).values;
    highest_ = findings->limitMm > 0 ? findings->limitMm : 1.0;
    aspect_ = double(findings->imageSize.width) / findings->imageSize.height;
  }
  update();
}

void ErrorMapView::paintEvent(QPaintEvent*) {
  if (values_.empty()) return;
  QPainter painter(this);
  const double w = std::min<double>(width(), height() * aspect_);
  const QRectF plane((width() - w) / 2, (height() - w / aspect_) / 2, w, w / aspect_);
  painter.fillRect(plane, toQt(rendering::palette::kBackground));
  painter.setFont(textFont(metrics::controlText));
  const double cellWidth = plane.width() / values_.cols, cellHeight = plane.height() / values_.rows;
  for (int r = 0; r < values_.rows; ++r) {
    for (int c = 0; c < values_.cols; ++c) {
      const double value = values_.at<double>(r, c);
      if (!std::isfinite(value)) continue;
      const QRectF cell =
          QRectF(plane.left() + c * cellWidth, plane.top() + r * cellHeight, cellWidth, cellHeight)
              .adjusted(0.5, 0.5, -0.5, -0.5);
      painter.fillRect(cell, heat(value / highest_));
      painter.setPen(value > 0.6 * highest_ ? toQt(rendering::palette::kBackground)
                                            : toQt(rendering::palette::kText));
      painter.drawText(cell, Qt::AlignCenter, QString::number(value, 'f', value < 9.95 ? 2 : 0));
    }
  }
}

}  // namespace acuguide::ui
