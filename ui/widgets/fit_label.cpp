#include "ui/widgets/fit_label.h"

#include "ui/style/style.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace acuguide::ui {

FitLabel::FitLabel(QWidget* parent) : QLabel(parent), colour_(toQt(palette::kText)) {
  setTextFormat(Qt::PlainText);
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void FitLabel::setTextPixels(int pixels) {
  if (pixels == textPixels_) return;
  textPixels_ = pixels;
  updateGeometry();
  update();
}

void FitLabel::setColour(const QColor& colour) {
  if (colour == colour_) return;
  colour_ = colour;
  update();
}

int FitLabel::shownTextPixels() const {
  const int wanted = QFontMetrics(textFont(textPixels_, true)).horizontalAdvance(text());
  if (wanted <= width() || wanted == 0) return textPixels_;
  return std::max(8, textPixels_ * width() / wanted - 1);
}

QSize FitLabel::sizeHint() const {
  const QFontMetrics type(textFont(textPixels_, true));
  return {type.horizontalAdvance(text()), type.height()};
}

QSize FitLabel::minimumSizeHint() const { return {1, QFontMetrics(textFont(textPixels_, true)).height()}; }

void FitLabel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setFont(textFont(shownTextPixels(), true));
  painter.setPen(colour_);
  painter.drawText(rect(), static_cast<int>(alignment()) | Qt::TextSingleLine, text());
}

}  // namespace acuguide::ui
