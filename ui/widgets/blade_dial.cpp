#include "ui/widgets/blade_dial.h"

#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/style/wording.h"

#include <QPainter>

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

BladeDial::BladeDial(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("bladeDial"));
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  setToolTip(tr("Direction of the blade's edge as on a clock; – when it is neither planned nor measured"));
}

void BladeDial::setDirections(std::optional<double> planned, std::optional<double> measured) {
  if (planned == planned_ && measured == measured_) return;
  planned_ = planned;
  measured_ = measured;
  update();
}

QString BladeDial::text() const {
  if (!measured_) return wording::unknown();
  const double turns = *measured_ / std::numbers::pi;  // a blade repeats after half a turn
  const double hour = (turns - std::floor(turns)) * 6.0;
  return tr("%1 h").arg(hour < 0.05 ? 12.0 : hour, 0, 'f', 1);
}

void BladeDial::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QPointF centre = rect().toRectF().center();
  const double radius = std::min(width(), height()) / 2.0 - 2.0;
  painter.setPen(QPen(toQt(palette::kLine), 2.0));
  painter.setBrush(toQt(palette::kBackground));
  painter.drawEllipse(centre, radius, radius);
  painter.setPen(QPen(toQt(palette::kMuted), 1.5));
  for (int hour = 0; hour < 12; ++hour) {
    const double angle = hour * std::numbers::pi / 6.0;
    const QPointF out(std::sin(angle), -std::cos(angle));
    painter.drawLine(centre + out * radius * (hour % 3 == 0 ? 0.78 : 0.88), centre + out * radius * 0.96);
  }
  if (planned_) {
    painter.setPen(toQt(palette::kCorridor));
    for (const double offset : {-2.5, 2.5}) drawBlade(painter, centre, radius * 0.7, *planned_, 1.5, offset);
  }
  if (measured_) {
    painter.setPen(toQt(palette::kNeedle));
    drawBlade(painter, centre, radius * 0.6, *measured_, 4.0, 0.0);
  } else if (!planned_) {
    painter.setFont(textFont(static_cast<int>(radius * 0.6), true));
    painter.setPen(toQt(palette::kMuted));
    painter.drawText(rect(), Qt::AlignCenter, text());
  }
}

}  // namespace acuguide::ui
