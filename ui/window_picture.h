#pragma once

#include <QString>

class QWidget;

namespace acuguide::ui {

/// Writes the window as it looks now to an image file of that ending (PNG where it has none that Qt knows),
/// as a WholeFile. False when it cannot be written; throws Error when something else is in its place.
bool saveWindowPicture(QWidget& window, const QString& path);

}  // namespace acuguide::ui
