#pragma once

#include <QFrame>

namespace acuguide::ui {

/// What this software is for, shown at the first start until it is put away; never in the way of the picture.
class StatementPanel : public QFrame {
  Q_OBJECT
 public:
  explicit StatementPanel(QWidget* parent = nullptr);

 signals:
  void understood();
};

}  // namespace acuguide::ui
