#pragma once

#include "rendering/palette.h"

#include <QWidget>

namespace acuguide::ui {

/// How far the needle is from a danger, against the margin that must stay free: the bar is full at four
/// margins; a line across it stands at the margin.
class DangerBar : public QWidget {
  Q_OBJECT
 public:
  explicit DangerBar(QWidget* parent = nullptr);

  /// `margins`: the distance, in margins; negative: not known, the bar is not drawn.
  void set(double margins, const rendering::palette::Colour& colour);

  QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  double margins_ = -1;
  rendering::palette::Colour colour_;
};

}  // namespace acuguide::ui
