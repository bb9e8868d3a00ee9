#pragma once

#include "planning/plan.h"

#include <QStringList>
#include <QWidget>

namespace acuguide::ui {

/// The limbs with the session's points; a click takes a point in hand.
class LimbFigure : public QWidget {
  Q_OBJECT
 public:
  explicit LimbFigure(QWidget* parent = nullptr);

  void setPoints(planning::BodySide side, const QStringList& chosen, const QString& current);
  QSize minimumSizeHint() const override { return {380, 200}; }

 signals:
  void pointClicked(const QString& code);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  bool event(QEvent* event) override;

 private:
  planning::BodySide side_ = planning::BodySide::Left;
  QStringList chosen_;
  QString current_;
};

}  // namespace acuguide::ui
