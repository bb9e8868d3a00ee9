#include "ui/windows/snapshot_files.h"

#include "core/error.h"

#include <QDateTime>
#include <QDir>
#include <QString>
#include <opencv2/imgcodecs.hpp>

#include <system_error>

namespace acuguide::ui {

std::filesystem::path defaultSnapshotFolder() {
  return std::filesystem::path(QDir::homePath().toStdString()) / "acuguide" / "snapshots";
}

SnapshotFiles saveSnapshot(const std::filesystem::path& folder, const QImage& shown, const Frame& frame) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed) throw Error(folder.string(), "the folder cannot be made", "choose one you may write to");
  const QString stem = QStringLiteral("%1_frame%2")
                           .arg(QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd_HHmmss_zzz")))
                           .arg(frame.index, 6, 10, QLatin1Char('0'));
  const SnapshotFiles files{folder / (stem + QStringLiteral(".png")).toStdString(),
                            folder / (stem + QStringLiteral("_raw.png")).toStdString()};
  bool rawWritten = false;
  try {
    rawWritten = cv::imwrite(files.raw.string(), frame.pixels);
  } catch (const cv::Exception&) {
    rawWritten = false;
  }
  if (!rawWritten || !shown.save(QString::fromStdString(files.shown.string()), "PNG")) {
    throw Error(folder.string(), "the snapshot cannot be written",
                "check the folder's rights and free space");
  }
  return files;
}

}  // namespace acuguide::ui
