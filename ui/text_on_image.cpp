#include "ui/text_on_image.h"

#include "rendering/palette.h"

#include <QtGui/QPainter>

#include <algorithm>

namespace acuguide::ui {

namespace palette = rendering::palette;

void drawTextOnImage(QPainter& painter, const QRectF& box, int alignment, const QString& text,
                     const QColor& colour) {
  painter.setPen(QColor::fromRgb(palette::kHalo.rgb()));
  for (const QPointF& beside : {QPointF(-1, 0), QPointF(1, 0), QPointF(0, -1), QPointF(0, 1)})
    painter.drawText(box.translated(beside), alignment, text);
  painter.setPen(colour);
  painter.drawText(box, alignment, text);
}

int textSizeOnImage(int viewHeight) {
  return std::clamp(viewHeight / 26, palette::kControlTextPx, 2 * palette::kControlTextPx);
}

}  // namespace acuguide::ui
