#include "ui/space_view.h"

#include "ui/scene/qt_render_window.h"
#include "ui/scene/space_scene.h"

#include <QtCore/QTimer>
#include <QtGui/QMouseEvent>

#include <cmath>

namespace acuguide::ui {
namespace {

constexpr int kRedrawIntervalMs = 100;
constexpr int kMultiSamples = 4;
constexpr double kRadiansPerPixel = 0.008;
constexpr double kZoomPerStep = 1.15;

}  // namespace

struct SpaceView::Scene {
  explicit Scene(SpaceView& view) : window(view, space.renderer(), kMultiSamples) {}

  SpaceScene space;
  QtRenderWindow window;
  std::shared_ptr<const navigation::GuidanceSnapshot> snapshot =
      std::make_shared<navigation::GuidanceSnapshot>();
  QTimer pause;  // runs while the next redraw has to wait
  bool waiting = false;
  QPointF lastMouse;
};

SpaceView::SpaceView(QWidget* parent) : QOpenGLWidget(parent), scene_(std::make_unique<Scene>(*this)) {
  setMinimumSize(120, 90);
  scene_->pause.setSingleShot(true);
  scene_->pause.setInterval(kRedrawIntervalMs);
  connect(&scene_->pause, &QTimer::timeout, this, [this] {
    if (!scene_->waiting) return;
    scene_->waiting = false;
    scene_->pause.start();
    update();
  });
}

SpaceView::~SpaceView() = default;

void SpaceView::setSnapshot(std::shared_ptr<const navigation::GuidanceSnapshot> snapshot) {
  scene_->snapshot = snapshot ? std::move(snapshot) : std::make_shared<navigation::GuidanceSnapshot>();
  scene_->waiting = true;
  if (scene_->pause.isActive()) return;
  scene_->waiting = false;
  scene_->pause.start();
  update();
}

void SpaceView::initializeGL() { scene_->window.initialize(); }

void SpaceView::resizeGL(int, int) {}

void SpaceView::paintGL() {
  scene_->space.update(*scene_->snapshot, scene_->window.sizePx(), devicePixelRatioF());
  scene_->window.render();
}

void SpaceView::mousePressEvent(QMouseEvent* event) { scene_->lastMouse = event->position(); }

void SpaceView::mouseMoveEvent(QMouseEvent* event) {
  if (!(event->buttons() & Qt::LeftButton)) return;
  const QPointF moved = event->position() - scene_->lastMouse;
  scene_->lastMouse = event->position();
  scene_->space.turn(moved.x() * kRadiansPerPixel, -moved.y() * kRadiansPerPixel);
  update();
}

void SpaceView::mouseDoubleClickEvent(QMouseEvent*) {
  scene_->space.resetView();
  update();
}

void SpaceView::wheelEvent(QWheelEvent* event) {
  scene_->space.approach(std::pow(kZoomPerStep, event->angleDelta().y() / 120.0));
  update();
}

}  // namespace acuguide::ui
