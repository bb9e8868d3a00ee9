#pragma once

#include "navigation/guidance_snapshot.h"

#include <QtOpenGLWidgets/QOpenGLWidget>

#include <memory>

namespace acuguide::ui {

/// The 3D view: probe, image plane with the picture on it, needle, target, danger zones. Mouse turns and
/// zooms. Redraws at a lower rate than the picture, so that it never costs guidance.
class SpaceView : public QOpenGLWidget {
  Q_OBJECT
 public:
  explicit SpaceView(QWidget* parent = nullptr);
  ~SpaceView() override;

  void setSnapshot(std::shared_ptr<const navigation::GuidanceSnapshot> snapshot);

 protected:
  void initializeGL() override;
  void resizeGL(int width, int height) override;
  void paintGL() override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

 private:
  struct Scene;
  std::unique_ptr<Scene> scene_;
};

}  // namespace acuguide::ui
