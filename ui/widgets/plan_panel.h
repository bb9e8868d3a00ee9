#pragma once

#include "planning/plan.h"

#include <QWidget>

class QLabel;

namespace acuguide::ui {

class ElidedLabel;

/// The plan in a few words, or how to get one.
class PlanPanel : public QWidget {
  Q_OBJECT
 public:
  explicit PlanPanel(QWidget* parent = nullptr);

  /// Only the name, with the rest as its tooltip.
  void setCompact();
  void setPlan(const planning::Plan* plan);

 private:
  ElidedLabel* name_;
  QLabel* summary_;
  bool compact_ = false;
};

}  // namespace acuguide::ui
