#pragma once

#include "rendering/pixels.h"

#include <QtCore/QPointF>
#include <QtGui/QImage>
#include <QtWidgets/QWidget>

namespace acuguide::ui {

/// A view of something in space, drawn into memory: as 3D Slicer's: the left button turns it, the wheel or
/// the right button zooms, the middle button or Shift and the left one moves it; a double click brings the
/// first view back.
class OrbitView : public QWidget {
  Q_OBJECT
 public:
  explicit OrbitView(QWidget* parent = nullptr);

  /// What it shows now, in device pixels.
  QImage drawn();

 protected:
  virtual void render(cv::Size size, rendering::Pixels& into) = 0;
  virtual void turn(double right, double up) = 0;  ///< radians
  virtual void approach(double factor) = 0;        ///< above 1: nearer
  virtual void pan(double, double) {}              ///< to the right and up, shares of the view's height
  virtual void resetView() = 0;
  /// A click that moved nothing.
  virtual void clicked(const QPointF&) {}

  /// What is drawn is not what is to be shown any more.
  void setOutdated() { outdated_ = true; }
  void drawSoon();

  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

 private:
  void draw();

  rendering::Pixels pixels_;  // as drawn last
  bool outdated_ = true;
  QPointF pressed_, lastMouse_;
};

}  // namespace acuguide::ui
