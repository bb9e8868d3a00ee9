#pragma once

#include "core/frame.h"

#include <QImage>

#include <filesystem>

namespace acuguide::ui {

/// The two files of one snapshot.
struct SnapshotFiles {
  std::filesystem::path shown;  ///< the picture as on the screen, overlays and all
  std::filesystem::path raw;    ///< the frame's own pixels
};

/// Writes both as PNG, named by date, time and frame, into `folder` (made if missing). Throws Error.
SnapshotFiles saveSnapshot(const std::filesystem::path& folder, const QImage& shown, const Frame& frame);

/// "acuguide/snapshots" in the home folder.
std::filesystem::path defaultSnapshotFolder();

}  // namespace acuguide::ui
