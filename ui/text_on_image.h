#pragma once

#include <QtCore/QRectF>
#include <QtCore/QString>
#include <QtGui/QColor>

class QPainter;

namespace acuguide::ui {

/// Text in the painter's font over an image: with a dark edge, so that it is read on light tissue as on dark.
void drawTextOnImage(QPainter& painter, const QRectF& box, int alignment, const QString& text,
                     const QColor& colour);

/// The type of the letters and words in a view of that height, logical pixels.
int textSizeOnImage(int viewHeight);

}  // namespace acuguide::ui
