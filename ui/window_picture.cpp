#include "ui/window_picture.h"

#include "core/whole_file.h"

#include <QCoreApplication>
#include <QEvent>
#include <QImage>
#include <QImageWriter>
#include <QPixmap>
#include <QWidget>

namespace acuguide::ui {

bool saveWindowPicture(QWidget& window, const QString& path) {
  // A text set a moment ago may still wait for its place.
  QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
  QImage picture = window.grab().toImage();
  picture.setText(QStringLiteral("Software"),
                  QStringLiteral("acuguide"));  // core/whole_file.h knows it by that
  WholeFile whole(path.toStdString(), "the window's picture");
  const QString ending = path.section(QLatin1Char('.'), -1).toLower();
  const bool known = QImageWriter::supportedImageFormats().contains(ending.toUtf8());
  if (!picture.save(QString::fromStdString(whole.part().string()),
                    known ? ending.toUtf8().constData() : "PNG"))
    return false;
  whole.commit();
  return true;
}

}  // namespace acuguide::ui
