#pragma once

#include "navigation/guidance_snapshot.h"

#include <QtGui/QImage>
#include <QtWidgets/QWidget>

#include <memory>

namespace acuguide::ui {

/// The 3D view: probe, image plane with the picture on it, needle, target, danger zones. Mouse turns and
/// zooms. VTK draws it, into memory, at a lower rate than the picture and not while it is hidden, so that it
/// never costs guidance.
class SpaceView : public QWidget {
  Q_OBJECT
 public:
  explicit SpaceView(QWidget* parent = nullptr);
  ~SpaceView() override;

  void setSnapshot(std::shared_ptr<const navigation::GuidanceSnapshot> snapshot);

  /// What it shows now, in device pixels.
  QImage drawn();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

 private:
  void draw();
  void drawSoon();

  struct Scene;
  std::unique_ptr<Scene> scene_;
};

}  // namespace acuguide::ui
