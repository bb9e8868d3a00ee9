#pragma once

#include <QWidget>

#include <optional>

namespace acuguide::ui {

/// A clock face for the direction of the blade's edge, seen from the handle: planned as a thin double line,
/// measured as a thick one. Directions are radians clockwise from twelve o'clock (the picture's left-right
/// axis is three o'clock). A direction nobody planned or measured is not drawn, and the face says "–".
class BladeDial : public QWidget {
  Q_OBJECT
 public:
  explicit BladeDial(QWidget* parent = nullptr);

  void setDirections(std::optional<double> planned, std::optional<double> measured);
  /// "–", or the measured direction as a clock hour.
  QString text() const;

  QSize sizeHint() const override { return {84, 84}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  std::optional<double> planned_, measured_;
};

}  // namespace acuguide::ui
