#include "ui/space_view.h"

#include "ui/scene/offscreen_window.h"
#include "ui/scene/pixels_widget.h"
#include "ui/scene/space_scene.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QTimer>
#include <QtGui/QMouseEvent>

#include <algorithm>
#include <cmath>

namespace acuguide::ui {
namespace {

constexpr int kRedrawIntervalMs = 100;
constexpr int kAfterPictureMs = 10;  // the ultrasound picture of the same snapshot is on the screen by then
constexpr int kMultiSamples = 4;
constexpr double kRadiansPerPixel = 0.008;
constexpr double kZoomPerStep = 1.15;

}  // namespace

struct SpaceView::Scene {
  SpaceScene space;
  OffscreenWindow window{space.renderer(), kMultiSamples};
  Pixels pixels;  // as drawn last
  bool outdated = true;
  std::shared_ptr<const navigation::GuidanceSnapshot> snapshot =
      std::make_shared<navigation::GuidanceSnapshot>();
  QTimer next;              // runs while a redraw has to wait
  QElapsedTimer sinceLast;  // redraw
  QPointF lastMouse;
};

SpaceView::SpaceView(QWidget* parent) : QWidget(parent), scene_(std::make_unique<Scene>()) {
  setMinimumSize(120, 90);
  setAttribute(Qt::WA_OpaquePaintEvent);
  scene_->next.setSingleShot(true);
  connect(&scene_->next, &QTimer::timeout, this, [this] {
    scene_->sinceLast.start();
    update();
  });
}

SpaceView::~SpaceView() = default;

void SpaceView::setSnapshot(std::shared_ptr<const navigation::GuidanceSnapshot> snapshot) {
  scene_->snapshot = snapshot ? std::move(snapshot) : std::make_shared<navigation::GuidanceSnapshot>();
  scene_->outdated = true;
  if (scene_->next.isActive()) return;
  const qint64 since = scene_->sinceLast.isValid() ? scene_->sinceLast.elapsed() : kRedrawIntervalMs;
  scene_->next.start(static_cast<int>(std::max<qint64>(kAfterPictureMs, kRedrawIntervalMs - since)));
}

void SpaceView::drawSoon() {
  scene_->outdated = true;
  update();
}

void SpaceView::draw() {
  const cv::Size size = sizeInPixels(*this);
  if (!scene_->outdated && scene_->pixels.size() == size) return;
  scene_->outdated = false;
  scene_->space.update(*scene_->snapshot, size);
  if (!scene_->window.render(size, scene_->pixels)) scene_->pixels = SpaceScene::blank(size);
  scene_->space.drawLabels(*scene_->snapshot, devicePixelRatioF(), scene_->pixels);
}

void SpaceView::paintEvent(QPaintEvent*) {
  draw();
  paintPixels(scene_->pixels, *this);
}

QImage SpaceView::drawn() {
  draw();
  return imageOf(scene_->pixels).copy();
}

void SpaceView::mousePressEvent(QMouseEvent* event) { scene_->lastMouse = event->position(); }

void SpaceView::mouseMoveEvent(QMouseEvent* event) {
  if (!(event->buttons() & Qt::LeftButton)) return;
  const QPointF moved = event->position() - scene_->lastMouse;
  scene_->lastMouse = event->position();
  scene_->space.turn(moved.x() * kRadiansPerPixel, -moved.y() * kRadiansPerPixel);
  drawSoon();
}

void SpaceView::mouseDoubleClickEvent(QMouseEvent*) {
  scene_->space.resetView();
  drawSoon();
}

void SpaceView::wheelEvent(QWheelEvent* event) {
  scene_->space.approach(std::pow(kZoomPerStep, event->angleDelta().y() / 120.0));
  drawSoon();
}

}  // namespace acuguide::ui
