#include "ui/widgets/danger_bar.h"

#include "ui/style/style.h"

#include <QPainter>

#include <algorithm>

namespace acuguide::ui {

namespace {

constexpr double kFullAtMargins = 4;
constexpr int kHeight = 12;

}  // namespace

DangerBar::DangerBar(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("dangerBar"));
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setToolTip(tr("Distance to the nearest danger; the line stands at its safety margin"));
}

void DangerBar::set(double margins, const rendering::palette::Colour& colour) {
  if (margins == margins_ && colour == colour_) return;
  margins_ = margins;
  colour_ = colour;
  update();
}

QSize DangerBar::sizeHint() const { return {60, kHeight}; }

void DangerBar::paintEvent(QPaintEvent*) {
  if (margins_ < 0) return;
  QPainter painter(this);
  painter.fillRect(rect(), toQt(rendering::palette::kLine));
  const double share = std::clamp(margins_ / kFullAtMargins, 0.0, 1.0);
  painter.fillRect(QRectF(0, 0, width() * share, height()), toQt(colour_));
  painter.fillRect(QRectF(width() / kFullAtMargins - 1, 0, 2, height()), toQt(rendering::palette::kText));
}

}  // namespace acuguide::ui
