#include "ui/plan/limb_figure_view.h"

#include "planning/atlas.h"
#include "ui/plan/limb_painter.h"
#include "ui/style/metrics.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

namespace acuguide::ui {

namespace {
constexpr double kReach = 12;
}

LimbFigure::LimbFigure(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("limbFigure"));
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void LimbFigure::setPoints(planning::BodySide side, const QStringList& chosen, const QString& current) {
  side_ = side;
  chosen_ = chosen;
  current_ = current;
  update();
}

void LimbFigure::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  LimbPainter(QRectF(rect()), side_)
      .paint(painter, chosen_, current_, PlanInk::screen(), metrics::controlText);
}

void LimbFigure::mousePressEvent(QMouseEvent* event) {
  const QString code = LimbPainter(QRectF(rect()), side_).pointAt(event->position(), kReach);
  if (!code.isEmpty()) emit pointClicked(code);
}

bool LimbFigure::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const QString code = LimbPainter(QRectF(rect()), side_).pointAt(help->pos(), kReach);
  const planning::Acupoint* point = planning::atlas().point(code.toStdString());
  if (point)
    QToolTip::showText(help->globalPos(),
                       QString::fromStdString(point->code + "  " + point->names.pinyin + "  " +
                                              point->names.chinese + "\n" + point->where));
  return true;
}

}  // namespace acuguide::ui
