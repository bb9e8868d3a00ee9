#pragma once

#include "navigation/guidance_snapshot.h"
#include "rendering/palette.h"

#include <QColor>
#include <QFont>
#include <QString>

class QApplication;
class QWidget;

namespace acuguide::ui {

/// The look of the whole program: palette, fonts, style sheet (style.qss with the colours of palette.h). Call
/// once, after the QApplication is made.
void applyStyle(QApplication& application);

/// style.qss with its @names replaced.
QString styleSheet();

/// The program's font at a pixel size. Noto Sans has tabular figures by default: numbers do not jump as they
/// change.
QFont textFont(int pixelSize, bool bold = false);

QColor toQt(const rendering::palette::Colour& colour);

/// The state's colour, and of nothing else on the screen; plain text colour for NoNeedle.
QColor colourOf(guidance::GuidanceState state);
QColor colourOf(navigation::AlarmPriority priority);

/// Sets the property "role" that the style sheet selects by, and applies it; does nothing when it is set
/// already.
void setRole(QWidget& widget, const char* role);

/// Sets a label's text only when it differs, so that nothing is laid out or drawn again for nothing.
template <class Label>
void setTextIfChanged(Label& label, const QString& text) {
  if (label.text() != text) label.setText(text);
}

}  // namespace acuguide::ui
