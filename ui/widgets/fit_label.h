#pragma once

#include <QLabel>

namespace acuguide::ui {

/// A one-line label of large type: as large as asked for where the text fits, else as large as fits. So a
/// longer word in another language becomes smaller and is never cut.
class FitLabel : public QLabel {
  Q_OBJECT
 public:
  explicit FitLabel(QWidget* parent = nullptr);

  /// Height of the type, logical pixels.
  void setTextPixels(int pixels);
  int textPixels() const { return textPixels_; }
  /// Height at which the text is drawn now.
  int shownTextPixels() const;
  void setColour(const QColor& colour);
  void setBold(bool bold);
  /// Drawn after the text, smaller, on the same base line.
  void setUnit(const QString& unit);
  const QString& unit() const { return unit_; }

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  int widthAt(int pixels) const;

  int textPixels_ = 16;
  QColor colour_;
  bool bold_ = true;
  QString unit_;
};

}  // namespace acuguide::ui
