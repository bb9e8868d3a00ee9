#pragma once

#include "navigation/guidance_snapshot.h"

#include <QWidget>

#include <memory>

class QLabel;

namespace acuguide::rendering {
struct Overlays;
}

namespace acuguide::ui {

class PictureView;

/// A second picture with a line above it that says what it is and what was said then.
class SidePicture : public QWidget {
  Q_OBJECT
 public:
  explicit SidePicture(QWidget* parent = nullptr);

  void setTitle(const QString& title);
  void setSnapshot(std::shared_ptr<const navigation::GuidanceSnapshot> snapshot, const QString& moment);
  void setOverlays(const rendering::Overlays& overlays);
  /// As PictureView's.
  void setWhole(bool whole);

 private:
  PictureView* picture_;
  QLabel* title_;
  QLabel* said_;
};

}  // namespace acuguide::ui
