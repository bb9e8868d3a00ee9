#pragma once

#include "rendering/pixels.h"

#include <QtGui/QImage>

class QWidget;

namespace acuguide::rendering {

/// A widget's size in device pixels, at least 1 x 1.
cv::Size sizeInPixels(const QWidget& widget);

/// The pixels as an image, without copying: it must not outlive them.
QImage imageOf(const Pixels& pixels);

/// From a paint event: the pixels over the whole of the widget, one to one.
void paintPixels(const Pixels& pixels, QWidget& widget);

}  // namespace acuguide::rendering
