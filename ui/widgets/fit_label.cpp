#include "ui/widgets/fit_label.h"

#include "ui/style/style.h"

#include <QFontMetrics>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>

namespace acuguide::ui {

namespace {

constexpr int kLeastPixels = 8;
constexpr double kUnitShare = 0.42;  ///< size of the unit beside its number

/// Closer than the font's own line height, which leaves room for accents stacked on capitals.
int lineHeight(int textPixels) { return static_cast<int>(textPixels * 1.16) + 1; }

}  // namespace

FitLabel::FitLabel(QWidget* parent) : QLabel(parent), colour_(toQt(rendering::palette::kText)) {
  setTextFormat(Qt::PlainText);
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void FitLabel::setLines(int lines) {
  if (lines == lines_) return;
  lines_ = lines;
  updateGeometry();
  update();
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

QStringList FitLabel::linesAt(int pixels) const {
  const QFont font = textFont(pixels, bold_);
  const QFontMetrics type(font);
  QTextLayout layout(text(), font);
  QTextOption option;
  option.setWrapMode(QTextOption::WordWrap);
  layout.setTextOption(option);
  layout.beginLayout();
  QStringList lines;
  for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
    line.setLineWidth(width());
    lines << text().mid(line.textStart(), line.textLength()).trimmed();
    if (type.horizontalAdvance(lines.back()) > width()) return {};
  }
  return lines;
}

int FitLabel::shownTextPixels() const {
  if (lines_ > 1) {
    int pixels = textPixels_;
    const auto fits = [this](const QStringList& lines) { return !lines.isEmpty() && lines.size() <= lines_; };
    while (pixels > kLeastPixels && !text().isEmpty() && !fits(linesAt(pixels))) --pixels;
    return pixels;
  }
  const int wanted = widthAt(textPixels_);
  if (wanted <= width() || wanted == 0) return textPixels_;
  return std::max(kLeastPixels, textPixels_ * width() / wanted - 1);
}

QSize FitLabel::sizeHint() const {
  const int width = widthAt(textPixels_);
  return {lines_ > 1 ? width / lines_ : width, lines_ * lineHeight(textPixels_)};
}

QSize FitLabel::minimumSizeHint() const { return {1, lines_ * lineHeight(textPixels_)}; }

void FitLabel::drawLines(QPainter& painter) const {
  const int pixels = shownTextPixels();
  int top = 0;
  for (const QString& line : linesAt(pixels)) {
    painter.drawText(QPoint(0, top + (lineHeight(pixels) + painter.fontMetrics().capHeight()) / 2), line);
    top += lineHeight(pixels);
  }
}

void FitLabel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const int pixels = shownTextPixels();
  painter.setFont(textFont(pixels, bold_));
  painter.setPen(colour_);
  if (lines_ > 1) return drawLines(painter);
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
