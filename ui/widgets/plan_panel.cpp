#include "ui/widgets/plan_panel.h"

#include "ui/style/style.h"
#include "ui/style/wording.h"
#include "ui/widgets/elided_label.h"

#include <QVBoxLayout>

namespace acuguide::ui {

PlanPanel::PlanPanel(QWidget* parent) : QWidget(parent), name_(new ElidedLabel), summary_(new QLabel) {
  name_->setObjectName(QStringLiteral("planName"));
  summary_->setObjectName(QStringLiteral("planSummary"));
  summary_->setWordWrap(true);
  setRole(*name_, "strong");
  setRole(*summary_, "muted");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(2);
  column->addWidget(name_);
  column->addWidget(summary_);
  setPlan(nullptr);
}

void PlanPanel::setCompact() {
  compact_ = true;
  summary_->setVisible(false);
}

void PlanPanel::setPlan(const planning::Plan* plan) {
  if (plan == nullptr) {
    name_->setText(tr("No plan"));
    setTextIfChanged(*summary_, tr("Load one: Ctrl+L. Or click the target in the picture, then Enter."));
    return;
  }
  const QString title = wording::planTitle(*plan);
  name_->setText(title.isEmpty() ? tr("Plan") : title);
  setTextIfChanged(*summary_, wording::planSummary(*plan));
  if (compact_) name_->setToolTip(summary_->text());
}

}  // namespace acuguide::ui
