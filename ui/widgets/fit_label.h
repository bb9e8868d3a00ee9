#pragma once

#include <QLabel>
#include <QStringList>

class QPainter;

namespace acuguide::ui {

/// A label of large type, of one line or more: as large as asked for where the text fits, else as large as
/// fits. So a longer word in another language becomes smaller and is never cut.
class FitLabel : public QLabel {
  Q_OBJECT
 public:
  explicit FitLabel(QWidget* parent = nullptr);

  /// How many lines there is room for; 1 at first. The room is kept whatever the text is, so that nothing
  /// below moves.
  void setLines(int lines);
  /// Height of the type, logical pixels.
  void setTextPixels(int pixels);
  int textPixels() const { return textPixels_; }
  /// Height at which the text is drawn now.
  int shownTextPixels() const;
  void setColour(const QColor& colour);
  void setBold(bool bold);
  /// Drawn after the text, smaller, on the same base line; of a label of one line.
  void setUnit(const QString& unit);
  const QString& unit() const { return unit_; }

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  int widthAt(int pixels) const;
  /// The text's lines at this height, broken between words; empty where a word is wider than the label.
  QStringList linesAt(int pixels) const;
  void drawLines(QPainter& painter) const;

  int lines_ = 1;
  int textPixels_ = 16;
  QColor colour_;
  bool bold_ = true;
  QString unit_;
};

}  // namespace acuguide::ui
