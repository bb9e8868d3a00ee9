#include "ui/widgets/blade_dial.h"

#include "ui/plan/dial_painter.h"
#include "ui/style/style.h"
#include "ui/style/wording.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace acuguide::ui {

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
  paintDial(painter, rect(), planned_, measured_, PlanInk::screen());
  if (planned_ || measured_) return;
  painter.setFont(textFont(static_cast<int>(std::min(width(), height()) * 0.3), true));
  painter.setPen(toQt(rendering::palette::kMuted));
  painter.drawText(rect(), Qt::AlignCenter, text());
}

}  // namespace acuguide::ui
