#include "ui/windows/plan_control.h"

#include <exception>

namespace acuguide::ui {

PlanControl::PlanControl(navigation::Navigator& navigator, QObject* parent)
    : QObject(parent), navigator_(navigator), plan_(navigator.snapshot()->plan) {}

void PlanControl::apply(PlanPtr plan) {
  plan_ = std::move(plan);
  proposal_.reset();
  navigator_.setPlan(plan_);
  emit changed();
}

void PlanControl::set(PlanPtr plan) {
  past_.push_back({plan_, false});
  apply(std::move(plan));
}

void PlanControl::amend(PlanPtr plan) {
  past_.push_back({plan_, true});
  plan_ = std::move(plan);
  navigator_.amendPlan(plan_);
  emit changed();
}

bool PlanControl::load(const QString& path) {
  try {
    set(std::make_shared<planning::Plan>(planning::readPlan(path.toStdString())));
  } catch (const std::exception& error) {
    emit said(QString::fromStdString(error.what()));
    return false;
  }
  emit said(tr("Plan %1 loaded").arg(QString::fromStdString(plan_->name)));
  return true;
}

bool PlanControl::save(const QString& path) {
  if (!plan_) return false;
  try {
    planning::writePlan(*plan_, path.toStdString());
  } catch (const std::exception& error) {
    emit said(QString::fromStdString(error.what()));
    return false;
  }
  emit said(tr("Plan saved as %1").arg(path));
  return true;
}

void PlanControl::propose(const Eigen::Vector2d& px) {
  proposal_ = px;
  emit said(tr("Target here? Enter confirms, Esc drops it"));
  emit changed();
}

void PlanControl::dropProposal() {
  if (!proposal_) return;
  proposal_.reset();
  emit said(tr("No target set"));
  emit changed();
}

void PlanControl::confirm() {
  if (!proposal_) {
    if (plan_ == nullptr) return;
    apply(plan_);
    emit said(tr("Target set again where the plan has it in this picture"));
    return;
  }
  planning::Plan next = plan_ ? *plan_ : planning::Plan{};
  if (!plan_) next.name = tr("Target set in the picture").toStdString();
  next.target = planning::TargetAtPixel{*proposal_};
  set(std::make_shared<const planning::Plan>(std::move(next)));
  emit said(tr("Target set; Ctrl+Z takes it back"));
}

void PlanControl::undo() {
  if (past_.empty()) return;
  Past before = past_.back();
  past_.pop_back();
  if (before.amended) {
    plan_ = std::move(before.plan);
    navigator_.amendPlan(plan_);
    emit changed();
  } else {
    apply(std::move(before.plan));
  }
  emit said(plan_ ? tr("Back to plan %1").arg(QString::fromStdString(plan_->name)) : tr("Back to no plan"));
}

}  // namespace acuguide::ui
