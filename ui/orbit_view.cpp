#include "ui/orbit_view.h"

#include "rendering/pixels_widget.h"

#include <QtGui/QGuiApplication>
#include <QtGui/QMouseEvent>
#include <QtGui/QStyleHints>

#include <cmath>

namespace acuguide::ui {
namespace {

constexpr double kRadiansPerPixel = 0.008;
constexpr double kZoomPerStep = 1.15;
constexpr double kZoomPerPixel = 0.01;

}  // namespace

OrbitView::OrbitView(QWidget* parent) : QWidget(parent) {
  setMinimumSize(120, 90);
  setAttribute(Qt::WA_OpaquePaintEvent);
}

void OrbitView::drawSoon() {
  outdated_ = true;
  update();
}

void OrbitView::draw() {
  const cv::Size size = rendering::sizeInPixels(*this);
  if (!outdated_ && pixels_.size() == size) return;
  outdated_ = false;
  render(size, pixels_);
}

void OrbitView::paintEvent(QPaintEvent*) {
  draw();
  rendering::paintPixels(pixels_, *this);
}

QImage OrbitView::drawn() {
  draw();
  return rendering::imageOf(pixels_).copy();
}

void OrbitView::mousePressEvent(QMouseEvent* event) { pressed_ = lastMouse_ = event->position(); }

void OrbitView::mouseMoveEvent(QMouseEvent* event) {
  const Qt::MouseButtons held = event->buttons();
  if (held == Qt::NoButton) return;
  const QPointF moved = event->position() - lastMouse_;
  lastMouse_ = event->position();
  if (held.testFlag(Qt::MiddleButton) || event->modifiers().testFlag(Qt::ShiftModifier)) {
    pan(moved.x() / height(), -moved.y() / height());
  } else if (held.testFlag(Qt::RightButton)) {
    approach(std::exp(kZoomPerPixel * moved.y()));
  } else {
    turn(moved.x() * kRadiansPerPixel, -moved.y() * kRadiansPerPixel);
  }
  drawSoon();
}

void OrbitView::mouseReleaseEvent(QMouseEvent* event) {
  const int moved = (event->position() - pressed_).toPoint().manhattanLength();
  if (event->button() == Qt::LeftButton && moved < QGuiApplication::styleHints()->startDragDistance())
    clicked(event->position());
}

void OrbitView::mouseDoubleClickEvent(QMouseEvent*) {
  resetView();
  drawSoon();
}

void OrbitView::wheelEvent(QWheelEvent* event) {
  approach(std::pow(kZoomPerStep, event->angleDelta().y() / 120.0));
  drawSoon();
}

}  // namespace acuguide::ui
