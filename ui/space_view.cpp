#include "ui/space_view.h"

#include "rendering/offscreen_window.h"
#include "rendering/renderer_setup.h"
#include "rendering/space_scene.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QTimer>

#include <algorithm>

namespace acuguide::ui {
namespace {

constexpr int kRedrawIntervalMs = 100;
constexpr int kAfterPictureMs = 10;  // the ultrasound picture of the same snapshot is on the screen by then
constexpr int kMultiSamples = 4;

}  // namespace

struct SpaceView::Scene {
  rendering::SpaceScene space;
  rendering::OffscreenWindow window{space.renderer(), kMultiSamples};
  std::shared_ptr<const navigation::GuidanceSnapshot> snapshot =
      std::make_shared<navigation::GuidanceSnapshot>();
  QTimer next;              // runs while a redraw has to wait
  QElapsedTimer sinceLast;  // redraw
};

SpaceView::SpaceView(QWidget* parent) : OrbitView(parent), scene_(std::make_unique<Scene>()) {
  scene_->next.setSingleShot(true);
  connect(&scene_->next, &QTimer::timeout, this, [this] {
    scene_->sinceLast.start();
    update();
  });
}

SpaceView::~SpaceView() = default;

void SpaceView::setSnapshot(std::shared_ptr<const navigation::GuidanceSnapshot> snapshot) {
  scene_->snapshot = snapshot ? std::move(snapshot) : std::make_shared<navigation::GuidanceSnapshot>();
  setOutdated();
  if (scene_->next.isActive()) return;
  const qint64 since = scene_->sinceLast.isValid() ? scene_->sinceLast.elapsed() : kRedrawIntervalMs;
  scene_->next.start(static_cast<int>(std::max<qint64>(kAfterPictureMs, kRedrawIntervalMs - since)));
}

void SpaceView::render(cv::Size size, rendering::Pixels& into) {
  scene_->space.update(*scene_->snapshot, size);
  if (!scene_->window.render(size, into)) into = rendering::blankPixels(size);
  scene_->space.drawLabels(*scene_->snapshot, devicePixelRatioF(), into);
}

void SpaceView::turn(double right, double up) { scene_->space.turn(right, up); }
void SpaceView::approach(double factor) { scene_->space.approach(factor); }
void SpaceView::resetView() { scene_->space.resetView(); }

}  // namespace acuguide::ui
