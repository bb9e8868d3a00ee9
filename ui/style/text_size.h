#pragma once

#include <QString>
#include <QWidget>

namespace acuguide::ui {

/// The type of a widget and all in it, logical pixels, whatever the style sheet says of its role; `buttons`:
/// the height of tool buttons in it, 0: as the style sheet says.
inline void setTextSize(QWidget& widget, int pixels, int buttons = 0) {
  QString sheet = QStringLiteral("* { font-size: %1px; }").arg(pixels);
  if (buttons > 0) sheet += QStringLiteral(" QToolButton { height: %1px; min-height: 0px; }").arg(buttons);
  if (widget.styleSheet() != sheet) widget.setStyleSheet(sheet);
}

}  // namespace acuguide::ui
