#include "ui/widgets/marked_picture.h"

#include "ui/style/style.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace acuguide::ui {

namespace {

constexpr double kCross = 11.0, kCircle = 9.0;
constexpr double kLinePx = 1.8, kHaloPx = 4.0;

QImage imageOf(const cv::Mat& pixels) {
  if (pixels.empty()) return {};
  const auto format = pixels.channels() == 1 ? QImage::Format_Grayscale8 : QImage::Format_BGR888;
  return QImage(pixels.data, pixels.cols, pixels.rows, static_cast<qsizetype>(pixels.step), format).copy();
}

void drawMark(QPainter& painter, PictureMark::Kind kind, const QPointF& at) {
  if (kind == PictureMark::Kind::Expected) {
    painter.drawLine(at - QPointF(kCross, 0), at + QPointF(kCross, 0));
    painter.drawLine(at - QPointF(0, kCross), at + QPointF(0, kCross));
  } else {
    painter.drawEllipse(at, kCircle, kCircle);
  }
}

QColor colourOf(PictureMark::Kind kind) {
  switch (kind) {
    case PictureMark::Kind::Expected:
      return toQt(rendering::palette::kPlaneLetter);
    case PictureMark::Kind::Seen:
      return toQt(rendering::palette::kTarget);
    case PictureMark::Kind::Missed:
      return toQt(rendering::palette::kDangerName);
  }
  return {};
}

/// A name with a dark edge, so that it reads on white tissue.
void drawName(QPainter& painter, const QPointF& at, const QString& name) {
  painter.setPen(toQt(rendering::palette::kHalo));
  for (const QPointF& off : {QPointF(-1, 0), QPointF(1, 0), QPointF(0, -1), QPointF(0, 1)})
    painter.drawText(at + off, name);
  painter.setPen(toQt(rendering::palette::kText));
  painter.drawText(at, name);
}

}  // namespace

MarkedPicture::MarkedPicture(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void MarkedPicture::setPicture(const cv::Mat& pixels, std::vector<PictureMark> marks,
                               std::optional<QLineF> guide) {
  picture_ = imageOf(pixels);
  marks_ = std::move(marks);
  guide_ = guide;
  update();
}

void MarkedPicture::setWaiting(const QString& words) {
  waiting_ = words;
  update();
}

double MarkedPicture::scale() const {
  return std::min(double(width()) / picture_.width(), double(height()) / picture_.height());
}

QPointF MarkedPicture::corner() const {
  const QSizeF shown = QSizeF(picture_.size()) * scale();
  return {(width() - shown.width()) / 2, (height() - shown.height()) / 2};
}

void MarkedPicture::mousePressEvent(QMouseEvent* event) {
  if (picture_.isNull() || event->button() != Qt::LeftButton) return;
  const QPointF px = (event->position() - corner()) / scale() - QPointF(0.5, 0.5);
  if (QRectF(-0.5, -0.5, picture_.width(), picture_.height()).contains(px)) emit clicked(px);
}

void MarkedPicture::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), Qt::black);
  painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
  if (picture_.isNull()) {
    painter.setFont(textFont(rendering::palette::kPictureLabelPx));
    painter.setPen(toQt(rendering::palette::kMuted));
    painter.drawText(rect().adjusted(40, 20, -40, -20), Qt::AlignCenter | Qt::TextWordWrap, waiting_);
    return;
  }
  painter.drawImage(QRectF(corner(), QSizeF(picture_.size()) * scale()), picture_);
  const auto at = [&](const QPointF& px) { return corner() + (px + QPointF(0.5, 0.5)) * scale(); };
  if (guide_) {
    painter.setPen(QPen(toQt(rendering::palette::kHalo), kHaloPx));
    painter.drawLine(at(guide_->p1()), at(guide_->p2()));
    painter.setPen(QPen(toQt(rendering::palette::kTarget), kLinePx, Qt::DashLine));
    painter.drawLine(at(guide_->p1()), at(guide_->p2()));
  }
  for (const PictureMark& mark : marks_) {
    painter.setPen(QPen(toQt(rendering::palette::kHalo), kHaloPx));
    drawMark(painter, mark.kind, at(mark.px));
  }
  painter.setFont(textFont(rendering::palette::kControlTextPx));
  for (const PictureMark& mark : marks_) {
    const bool dashed = mark.kind == PictureMark::Kind::Missed;
    painter.setPen(QPen(colourOf(mark.kind), kLinePx, dashed ? Qt::DotLine : Qt::SolidLine));
    drawMark(painter, mark.kind, at(mark.px));
    if (!mark.name.isEmpty()) drawName(painter, at(mark.px) + QPointF(13, -9), mark.name);
  }
}

}  // namespace acuguide::ui
