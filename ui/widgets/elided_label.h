#pragma once

#include <QLabel>

namespace acuguide::ui {

/// A one-line label for text of any length: cut with "…" in the middle or at the end where there is no room,
/// with the whole text in the tooltip. text() stays the whole text.
class ElidedLabel : public QLabel {
  Q_OBJECT
 public:
  explicit ElidedLabel(Qt::TextElideMode mode = Qt::ElideRight, QWidget* parent = nullptr);

  void setText(const QString& text);
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  Qt::TextElideMode mode_;
};

}  // namespace acuguide::ui
