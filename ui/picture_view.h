#pragma once

#include "navigation/guidance_snapshot.h"
#include "ui/overlays.h"

#include <QtOpenGLWidgets/QOpenGLWidget>

#include <memory>

namespace acuguide::ui {

/// The ultrasound picture with its overlays (VTK inside). Shows what the snapshot says, nothing else.
class PictureView : public QOpenGLWidget {
  Q_OBJECT
 public:
  explicit PictureView(QWidget* parent = nullptr);
  ~PictureView() override;

  void setSnapshot(std::shared_ptr<const navigation::GuidanceSnapshot> snapshot);
  void setOverlays(const Overlays& overlays);
  const Overlays& overlays() const;

 signals:
  /// A frame has reached the screen: its sequence number and its age then (seconds since it entered the
  /// program). Once for each frame, however often it is drawn.
  void displayed(quint64 sequence, double ageSeconds);
  /// A click in the picture, full-image pixels.
  void clicked(double xPx, double yPx);

 protected:
  void initializeGL() override;
  void resizeGL(int width, int height) override;
  void paintGL() override;
  void mousePressEvent(QMouseEvent* event) override;

 private:
  struct Scene;
  std::unique_ptr<Scene> scene_;
};

}  // namespace acuguide::ui
