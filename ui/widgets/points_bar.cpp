#include "ui/widgets/points_bar.h"

#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/style/window_metrics.h"

#include <QAction>
#include <QHBoxLayout>
#include <QToolButton>

namespace acuguide::ui {

PointsBar::PointsBar(QAction* next, QWidget* parent)
    : QFrame(parent), row_(new QHBoxLayout(this)), next_(new QToolButton) {
  setObjectName(QStringLiteral("pointsBar"));
  setRole(*this, "panel");
  row_->setContentsMargins(metrics::gap, 0, metrics::gap, 0);
  row_->setSpacing(metrics::gap / 2);
  next->setIconText(QStringLiteral("%1   %2").arg(next->text(), next->shortcut().toString()));
  next_->setDefaultAction(next);
  next_->setObjectName(QStringLiteral("nextPoint"));
  next_->setToolButtonStyle(Qt::ToolButtonTextOnly);
  next_->setFocusPolicy(Qt::NoFocus);
  setRole(*next_, "point");
  row_->addWidget(next_);
  hide();
}

void PointsBar::setSitting(const planning::Sitting* sitting) {
  setVisible(sitting != nullptr);
  const std::size_t count = sitting != nullptr ? sitting->points.size() : 0;
  while (buttons_.size() < count) {
    auto* button = new QToolButton;
    const std::size_t at = buttons_.size();
    button->setObjectName(QStringLiteral("point%1").arg(at + 1));
    button->setFocusPolicy(Qt::NoFocus);
    setRole(*button, "point");
    connect(button, &QToolButton::clicked, this, [this, at] { emit chosen(at); });
    row_->insertWidget(static_cast<int>(at), button);
    buttons_.push_back(button);
  }
  for (std::size_t i = 0; i < buttons_.size(); ++i) {
    buttons_[i]->setVisible(i < count);
    if (i >= count) continue;
    const planning::SittingPoint& point = sitting->points[i];
    const QString code = QString::fromStdString(point.plan.acupoint);
    const bool now = i == sitting->current && !point.done;
    buttons_[i]->setText(point.done ? QStringLiteral("✓ ") + code : now ? QStringLiteral("▸ ") + code : code);
    setRole(*buttons_[i], now ? "pointNow" : "point");
    buttons_[i]->setToolTip(point.done ? tr("%1: done; click to take it again").arg(code)
                            : now      ? tr("%1: in hand").arg(code)
                                       : tr("%1: to come; click to take it now").arg(code));
  }
}

void PointsBar::setWindowHeight(int height) {
  setFixedHeight(metrics::pixels(height, metrics::rowShare, metrics::labelText * 3 / 2));
}

}  // namespace acuguide::ui
