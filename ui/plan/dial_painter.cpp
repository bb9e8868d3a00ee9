#include "ui/plan/dial_painter.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace acuguide::ui {

namespace {

/// A blade has two ends: its direction is a line through the middle of the face.
void drawBlade(QPainter& painter, QPointF centre, double radius, double direction, double width,
               double offset) {
  const QPointF along(std::sin(direction), -std::cos(direction));
  const QPointF across(-along.y(), along.x());
  painter.setPen(QPen(painter.pen().color(), width, Qt::SolidLine, Qt::RoundCap));
  painter.drawLine(centre + across * offset - along * radius, centre + across * offset + along * radius);
}

}  // namespace

void paintDial(QPainter& painter, const QRectF& area, std::optional<double> planned,
               std::optional<double> measured, const PlanInk& ink) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  const QPointF centre = area.center();
  const double radius = std::min(area.width(), area.height()) / 2.0 - 2.0;
  const double unit = radius / 40.0;
  painter.setPen(QPen(ink.grid, 2.0 * unit));
  painter.setBrush(ink.ground);
  painter.drawEllipse(centre, radius, radius);
  painter.setPen(QPen(ink.muted, 1.5 * unit));
  for (int hour = 0; hour < 12; ++hour) {
    const double angle = hour * std::numbers::pi / 6.0;
    const QPointF out(std::sin(angle), -std::cos(angle));
    painter.drawLine(centre + out * radius * (hour % 3 == 0 ? 0.78 : 0.88), centre + out * radius * 0.96);
  }
  if (planned) {
    painter.setPen(ink.accent);
    for (const double offset : {-2.5, 2.5})
      drawBlade(painter, centre, radius * 0.7, *planned, 1.5 * unit, offset * unit);
  }
  if (measured) {
    painter.setPen(ink.needle);
    drawBlade(painter, centre, radius * 0.6, *measured, 4.0 * unit, 0.0);
  }
  painter.restore();
}

}  // namespace acuguide::ui
