#pragma once

#include "planning/sitting.h"

#include <QFrame>

#include <vector>

class QAction;
class QHBoxLayout;
class QToolButton;

namespace acuguide::ui {

/// The points of a sitting: done (✓), now (▸), to come; a click takes one in hand. Not shown without a
/// sitting.
class PointsBar : public QFrame {
  Q_OBJECT
 public:
  /// `next`: the action that goes on.
  explicit PointsBar(QAction* next, QWidget* parent = nullptr);

  /// Null: there is no sitting.
  void setSitting(const planning::Sitting* sitting);
  void setWindowHeight(int height);

 signals:
  void chosen(std::size_t point);

 private:
  QHBoxLayout* row_;
  QToolButton* next_;
  std::vector<QToolButton*> buttons_;
};

}  // namespace acuguide::ui
