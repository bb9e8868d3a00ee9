#include "ui/widgets/fit_label.h"

#include "ui/style/style.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace acuguide::ui {

namespace {

constexpr double kUnitShare = 0.42;  ///< size of the unit beside its number

/// Closer than the font's own line height, which leaves room for accents stacked on capitals.
int lineHeight(int textPixels) { return static_cast<int>(textPixels * 1.16) + 1; }

}  // namespace

FitLabel::FitLabel(QWidget* parent) : QLabel(parent), colour_(toQt(rendering::palette::kText)) {
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

void FitLabel::setBold(bool bold) {
  if (bold == bold_) return;
  bold_ = bold;
  updateGeometry();
  update();
}

void FitLabel::setUnit(const QString& unit) {
  if (unit == unit_) return;
  unit_ = unit;
  updateGeometry();
  update();
}

int FitLabel::widthAt(int pixels) const {
  const int number = QFontMetrics(textFont(pixels, bold_)).horizontalAdvance(text());
  if (unit_.isEmpty()) return number;
  const int unitPixels = static_cast<int>(pixels * kUnitShare);
  return number + unitPixels / 4 + QFontMetrics(textFont(unitPixels, bold_)).horizontalAdvance(unit_);
}

int FitLabel::shownTextPixels() const {
  const int wanted = widthAt(textPixels_);
  if (wanted <= width() || wanted == 0) return textPixels_;
  return std::max(8, textPixels_ * width() / wanted - 1);
}

QSize FitLabel::sizeHint() const { return {widthAt(textPixels_), lineHeight(textPixels_)}; }

QSize FitLabel::minimumSizeHint() const { return {1, lineHeight(textPixels_)}; }

void FitLabel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const int pixels = shownTextPixels();
  painter.setFont(textFont(pixels, bold_));
  painter.setPen(colour_);
  // Placed by capitals and figures, not by the font's own line: these stand in the middle of the label.
  const QFontMetrics type = painter.fontMetrics();
  const QPoint start(0, (height() + type.capHeight()) / 2);
  painter.drawText(start, text());
  if (unit_.isEmpty()) return;
  const int unitPixels = static_cast<int>(pixels * kUnitShare);
  painter.setFont(textFont(unitPixels, bold_));
  painter.drawText(start + QPoint(type.horizontalAdvance(text()) + unitPixels / 4, 0), unit_);
}

}  // namespace acuguide::ui
