#include "ui/widgets/target_marker.h"

#include "ui/style/style.h"

#include <QPainter>

namespace acuguide::ui {

namespace {

constexpr int kSize = 44;

void drawCorners(QPainter& painter, double side, double arm) {
  for (const double x : {-1.0, 1.0}) {
    for (const double y : {-1.0, 1.0}) {
      const QPointF corner(x * side, y * side);
      painter.drawLine(corner, corner - QPointF(x * arm, 0));
      painter.drawLine(corner, corner - QPointF(0, y * arm));
    }
  }
}

}  // namespace

TargetMarker::TargetMarker(QWidget* picture) : QWidget(picture) {
  setObjectName(QStringLiteral("targetMarker"));
  setAttribute(Qt::WA_TransparentForMouseEvents);
  resize(kSize, kSize);
  hide();
}

void TargetMarker::showAt(QPoint centre) {
  move(centre - QPoint(kSize / 2, kSize / 2));
  show();
  raise();
}

void TargetMarker::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.translate(kSize / 2.0, kSize / 2.0);
  for (const auto& [colour, width] :
       {std::pair{rendering::palette::kHalo,
                  rendering::palette::kTargetLinePx + 2 * rendering::palette::kHaloPx},
        std::pair{rendering::palette::kTarget, rendering::palette::kTargetLinePx}}) {
    painter.setPen(QPen(toQt(colour), width, Qt::SolidLine, Qt::SquareCap));
    drawCorners(painter, 17.0, 9.0);
    painter.drawPoint(QPointF(0, 0));
  }
}

}  // namespace acuguide::ui
