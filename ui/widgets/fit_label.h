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

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  int textPixels_ = 16;
  QColor colour_;
};

}  // namespace acuguide::ui
